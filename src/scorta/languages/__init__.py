"""What is said in each language: English where it is said, every other language in one file of this folder."""

from scorta.languages.catalogue import offered as offered
from scorta.languages.sentences import mark as mark
from scorta.languages.sentences import punctuate as punctuate
from scorta.languages.sentences import say as say
from scorta.languages.sentences import say_count as say_count
from scorta.languages.sentences import speaking as speaking
