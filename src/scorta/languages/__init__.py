"""What is said in each language: English where it is said, every other language in one file of this folder."""

from scorta.languages.numbers import WHOLE_NUMBER_TOLERANCE as WHOLE_NUMBER_TOLERANCE
from scorta.languages.numbers import write_day as write_day
from scorta.languages.numbers import write_gap as write_gap
from scorta.languages.numbers import write_number as write_number
from scorta.languages.numbers import write_share as write_share
from scorta.languages.numbers import write_year as write_year
from scorta.languages.reasons import reason_of as reason_of
from scorta.languages.reasons import say_reason as say_reason
from scorta.languages.sentences import mark as mark
from scorta.languages.sentences import offered as offered
from scorta.languages.sentences import punctuate as punctuate
from scorta.languages.sentences import say as say
from scorta.languages.sentences import say_count as say_count
from scorta.languages.sentences import speaking as speaking
from scorta.languages.sentences import wording as wording
