"""Purposes of random numbers.

Changing a purpose's number would change every result, so no number is reused, not even one that is
no longer in use.
"""

from __future__ import annotations

from enum import IntEnum


class Entity(IntEnum):
    """Kinds of entity that have their own random numbers."""

    RUN = 1
    FIRM = 2
    OFFICER = 3
    BANK = 4


class Purpose(IntEnum):
    """What a random number is for; the comment names the entity whose key is used."""

    MACRO = 1  # run
    SECTOR = 2  # run and sector
    CASH_FLOW = 3  # firm
    RUIN = 4  # firm
    NEED = 5  # firm
    AMOUNT = 6  # firm
    TENOR = 7  # firm
    ARRIVAL_DAY = 8  # firm
    LIE_DETECTED = 9  # firm and bank
    WALK_AWAY = 10  # firm
    FIRM_NOISE = 11  # firm and signal: the part that a new application does not renew
    APPLICATION_NOISE = 12  # firm, bank and signal
    STEP_EXECUTED = 13  # firm, bank and step
    OVERRIDE = 14  # firm and bank
    RIVAL_AVAILABLE = 15  # firm, by rival
    RIVAL_NOISE = 16  # firm, by rival
    COLLATERAL_PRICE = 17  # firm
    INSPECTION = 18  # firm and bank
    WARNING_NOISE = 19  # firm and bank
    INTERVENTION = 20  # firm
    RECOVERY_TIME = 21  # firm
    RECOVERY_SHARE = 22  # firm
    TURNOVER = 23  # officer
    SEAT = 24  # firm and bank
    BANK_CHOICE = 25  # firm
    PRODUCT_FIT = 26  # firm
    PROCEEDS_CHECK = 29  # firm and bank
    EVERGREENING = 31  # firm and bank
    SHADOW = 33  # firm
    FAVOUR = 34  # firm and officer
    HIDING = 35  # firm and officer
    EXPOSED = 36  # officer
    SHADOW_BANK = 37  # firm
    TIE = 38  # firm and bank
    PROPERTY_OWNED = 40  # firm
    PROPERTY_VALUE = 41  # firm
    GUARANTOR_FOUND = 42  # firm
    GUARANTOR_WEALTH = 43  # firm
    GUARANTOR_PAYS = 44  # firm
    QUALITY = 80  # firm and dimension
    NOISE_RENEWED = 81  # firm, signal and reader: whether its lasting noise is drawn again
    NOISE_LATER = 82  # firm, signal and reader: the lasting noise from then on
    VISIT_SEES = 90  # firm and bank
    ACCOUNT_NOISE = 91  # firm and bank, by half-years
    ACCOUNT_READ = 92  # firm and bank
    PAPERS = 93  # firm and bank
    PROOF = 94  # firm and bank
    READER_NOISE = 95  # firm, bank, signal and reader
    LIE_AT_REVIEW = 96  # firm and bank
    OVERRIDE_QUOTA = 97  # run and bank
    SECOND_READER = 98  # firm and bank
    INFLATION_STRUCK = 105  # firm and bank
    SUPERVISOR_READS = 106  # firm and bank
    GUARANTEED = 110  # firm: whether its loan needs a guarantor
    GUARANTEE_HABIT = 111  # firm: whether it only pairs
    GUARANTEE_PATTERN = 112  # firm: which pattern its guarantee makes
    GUARANTEE_JOINS = 113  # firm: whether its guarantor is of a circle already
    GUARANTOR_PLACE = 114  # firm: where it begins to look for a guarantor
    GUARANTOR_KNOWN = 115  # firm: whether it looks among borrowers
    SECOND_GUARANTOR_PLACE = 116  # firm: where it begins to look for a second one
    BULLET = 120  # firm
    MATURITY_DAY = 121  # firm
    BRIDGE_FOUND = 122  # firm
    RENEWAL_FROZEN = 123  # firm
    WARNING_ANSWERED = 131  # firm and bank
