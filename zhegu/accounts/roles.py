"""What people do here; the command line offers these before any table is open."""

from django.db import models


class Role(models.TextChoices):
    """What someone does at a place; one person may hold several at several places."""

    OFFICE = "office"
    LEADER = "leader"
    GRID_WORKER = "grid_worker"
    SAMPLER = "sampler"
    LAB = "lab"
    GATE_KEEPER = "gate_keeper"
    PATROL = "patrol"
    CLINIC = "clinic"
    MEDICINE = "medicine"
    CARER = "carer"
    UNIT_HEAD = "unit_head"
    ORDER_DESK = "order_desk"
    STORE_KEEPER = "store_keeper"
    COURIER = "courier"
    OBSERVER = "observer"


class ServesAs(models.TextChoices):
    """In which capacity somebody serves: what a daily report counts those on duty by (forms.md, F20)."""

    STAFF = "staff"
    PARTY_MEMBER = "party_member"
    VOLUNTEER = "volunteer"
