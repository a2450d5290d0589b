# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A private certificate authority, and a proxy for encrypted connections."""

import datetime
import ipaddress
import select
import socket
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from servers import Handler


class Authority:
    """A private certificate authority, and a server certificate that it signed."""

    def __init__(self, folder: Path, days: int = 1) -> None:
        self.ca_path, self._chain = folder / "ca.pem", folder / "server.pem"
        key, server_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of the tests")])
        begin = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=10)
        builder = x509.CertificateBuilder().issuer_name(name).not_valid_before(begin)
        builder = builder.not_valid_after(begin + datetime.timedelta(days=10 + days))
        usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
        own = builder.subject_name(name).public_key(key.public_key()).serial_number(1)
        own = own.add_extension(x509.BasicConstraints(True, None), True).add_extension(usage, True)
        own = own.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        server = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        signed = builder.subject_name(server).public_key(server_key.public_key()).serial_number(2)
        address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
        signed = signed.add_extension(x509.SubjectAlternativeName([address]), False)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
        signed = signed.add_extension(issuer, False)
        pem = serialization.Encoding.PEM
        self.ca_path.write_bytes(own.sign(key, hashes.SHA256()).public_bytes(pem))
        self._chain.write_bytes(
            server_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            + signed.sign(key, hashes.SHA256()).public_bytes(pem)
        )

    @property
    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._chain)
        return context


def tunnel(handler: Handler) -> None:
    """Handle CONNECT as a proxy does: open a tunnel to the host, and forward everything."""
    host, _colon, port = handler.path.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=10) as target:
        handler.start(200, {})
        sides = {handler.connection: target, target: handler.connection}
        while True:
            for side in select.select(list(sides), [], [], 10)[0]:
                data = side.recv(65536)
                if not data:
                    handler.close_connection = True
                    return
                sides[side].sendall(data)
