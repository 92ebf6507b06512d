"""The local site."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import graph_option
from kg.errors import UsageError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; others than the default let other machines in.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Seconds before a query is stopped.")
@click.option("--allow-origin", "origins", multiple=True, metavar="ORIGIN", help="A site whose pages may ask, as https://yasgui.org. Can be repeated.")
@graph_option
def serve(host: str, port: int, timeout: float, origins: tuple[str, ...], graph: Path) -> None:
    """Serve the page and a SPARQL endpoint that only reads, on this machine.

    The page is at /, the endpoint at /sparql (SPARQL 1.1 Protocol), the graph at /graph.ttl. A graph that is built anew is there
    with the next request. Ctrl-C ends it.

    \b
    Examples:
      kg serve
      kg serve --graph out/graph.ttl --port 9000
      curl -H 'Accept: text/csv' --data-urlencode 'query@question.rq' http://127.0.0.1:8000/sparql
    """
    from werkzeug.serving import WSGIRequestHandler, make_server

    from kg.graph.store import load
    from kg.serve import Site

    class Handler(WSGIRequestHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            click.echo(f"{code} {self.command} {self.path.partition('?')[0]}", err=True)

    load(graph)
    names = [host, "localhost", "127.0.0.1", "[::1]"] if host in _OWN else []
    try:
        server = make_server(host, port, Site(graph, timeout, origins, names), threaded=True, request_handler=Handler)
    except OSError as error:
        raise UsageError(f"cannot listen on {host}:{port}: {error.strerror or error}; take another --port") from None
    except SystemExit:
        raise UsageError(f"port {port} of {host} is taken by another program; take another --port") from None
    click.echo(f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}/", err=True)
    with server.socket:
        server.serve_forever()


_OWN = frozenset({"127.0.0.1", "localhost", "::1"})
