"""What stops the platform from standing, said to the person with what to do."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError


class NoServerPrograms(MinassaError):
    """No programs of PostgreSQL on this machine, neither in the environment nor installed."""

    code = "HOSTING-NO-POSTGRESQL"


class NoRights(MinassaError):
    """The server refuses to run as root, and no way was found to run it as someone else."""

    code = "HOSTING-RIGHTS"


class ServerFailed(MinassaError):
    """The database server was started and did not become ready."""

    code = "HOSTING-SERVER"


class UnsafeFolder(MinassaError):
    """A folder that must be ours alone belongs to someone else."""

    code = "HOSTING-FOLDER"


class NoDatabase(MinassaError):
    """The database named by DATABASE_URL does not answer, or is too old."""

    code = "HOSTING-DATABASE"


class StepFailed(MinassaError):
    """A step of the start (migrations, static files) ended badly."""

    code = "HOSTING-STEP"


class AlreadyUp(MinassaError):
    """The platform already runs on this data folder."""

    code = "HOSTING-UP"


class BadBackup(MinassaError):
    """A backup file is not whole, or not one of ours."""

    code = "HOSTING-BACKUP"


class NotEmpty(MinassaError):
    """What would be overwritten is not empty."""

    code = "HOSTING-NOT-EMPTY"


class NotOurs(MinassaError):
    """A folder that does not look like a data folder of Minassa: nothing in it is erased."""

    code = "HOSTING-NOT-OURS"


class OtherNation(MinassaError):
    """The demonstration asked for is not the one that this data folder holds, or has begun."""

    code = "HOSTING-NATION"
