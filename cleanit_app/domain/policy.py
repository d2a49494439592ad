"""How this house is run where law or owner leave a choice: chosen by settings, carried by every unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cleanit_app.domain.business_limits import LIMITS, BusinessLimits
from cleanit_app.domain.house_settings import SettingChange
from cleanit_app.domain.terms import TERMS, Terms


class TaxRegime(StrEnum):
    """Who pays the cleaner in the eyes of the tax law: a marketplace that collects, or a contractor."""

    MARKETPLACE = "M"
    CONTRACTOR = "C"


class CrossMode(StrEnum):
    """What is taxed when a year's sum passes its threshold: all of it, or only what is above."""

    WHOLE = "WHOLE"
    EXCESS = "EXCESS"


@dataclass(frozen=True)
class HousePolicy:
    """The choices of the house; the defaults are those of a small marketplace inside one Indian state."""

    app_env: str = ""
    tds_regime: TaxRegime = TaxRegime.MARKETPLACE
    tds_cross_mode: CrossMode = CrossMode.WHOLE
    tds_whole_rupees: bool = True
    gst_between_states: bool = False
    fee_sac: str = "998599"
    company_name: str = "Cleanit"
    company_address: str = ""
    company_gstin: str = ""
    company_tan: str = ""
    company_state: str = "09"
    contribution_back: bool = True
    terms: Terms = TERMS
    limits: BusinessLimits = LIMITS
    choices: tuple[SettingChange, ...] = ()
