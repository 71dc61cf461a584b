"""The case unrolled over time: index tables of spots, moves, makings and servings that can be reached and used."""

from scorta.network.aims import Aims as Aims
from scorta.network.deals import ANYWHERE as ANYWHERE
from scorta.network.deals import Deals as Deals
from scorta.network.demands import Demands as Demands
from scorta.network.grants import ANYONE as ANYONE
from scorta.network.grants import NO_CLAIM as NO_CLAIM
from scorta.network.grants import Grants as Grants
from scorta.network.growing import Expansions as Expansions
from scorta.network.growing import Lines as Lines
from scorta.network.index import Bools as Bools
from scorta.network.index import Groups as Groups
from scorta.network.index import Span as Span
from scorta.network.index import days_of as days_of
from scorta.network.index import distinct as distinct
from scorta.network.index import numbers_of as numbers_of
from scorta.network.index import open_end as open_end
from scorta.network.index import pairs as pairs
from scorta.network.index import ranges as ranges
from scorta.network.network import Network as Network
from scorta.network.network import build_network as build_network
from scorta.network.sharing import Shares as Shares
from scorta.network.windows import WHOLE as WHOLE
from scorta.network.windows import Windows as Windows
from scorta.network.windows import whole_buckets as whole_buckets
