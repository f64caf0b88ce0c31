"""One installation as the commands see it: settings, home and engines together."""

from msgspec import Struct
from msgspec.structs import replace

from lingqu.runtime.engines.cannot_run import CannotRun
from lingqu.runtime.engines.engines import Engines
from lingqu.runtime.engines.home import Home
from lingqu.runtime.settings import Settings


class Installation(Struct, frozen=True):
    settings: Settings
    home: Home
    engines: Engines

    @classmethod
    def find(cls) -> "Installation":
        """Read the environment and find the installation it names.

        Raises: CannotRun if a variable cannot be read or an engine is not installed.
        """
        try:
            settings = Settings.read()
        except ValueError as error:
            raise CannotRun(str(error)) from None
        home = Home.find()
        engines = Engines(
            home, database_url=settings.database_url, nats_url=settings.nats_url, archive=settings.archive
        )
        return cls(settings, home, engines)

    def settings_for_roles(self, *, port: int) -> Settings:
        """Give the settings with the addresses that the engines really have."""
        return replace(
            self.settings,
            home=str(self.home.path),
            database_url=self.engines.database_url,
            nats_url=self.engines.nats_url,
            port=port,
        )

    def require_init(self) -> None:
        """Make sure that `lingqu init` was done.

        Raises: CannotRun that says so.
        """
        postgres = self.engines.postgres
        if postgres is not None and not postgres.is_installed:
            raise CannotRun(f"There is no installation in {self.home.path}. Run `lingqu init` first.")
