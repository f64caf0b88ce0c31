"""`lingqu openapi`: the document that clients are generated from."""

from importlib.metadata import version

import msgspec
import rich_click as click

from lingqu.roles.api import routes
from lingqu.runtime.http.app import PREFIX
from lingqu.runtime.http.openapi import document


@click.command()
def openapi() -> None:
    """Print the OpenAPI document; needs no database."""
    described = document(routes(), version=version("lingqu"), prefix=PREFIX)
    click.echo(msgspec.json.format(msgspec.json.encode(described), indent=2).decode())
