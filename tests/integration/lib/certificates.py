# SPDX-License-Identifier: GPL-3.0-or-later
"""Authorities and certificates, made by openssl as an administrator makes them.

    authority = Authority(folder, "ours")
    certificate = authority.issue("server", "DNS:localhost,IP:127.0.0.1", days=365)
    serve("--tls-cert", certificate.cert, "--tls-key", certificate.key)
"""

import dataclasses
import datetime
import os
import pathlib
import subprocess


def _openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


@dataclasses.dataclass
class Certificate:
    cert: pathlib.Path
    key: pathlib.Path

    def replace_with(self, other):
        """As certbot does: each file at once, the key last."""
        for mine, new in ((self.cert, other.cert), (self.key, other.key)):
            copy = mine.with_suffix(".new")
            copy.write_bytes(new.read_bytes())
            copy.chmod(0o600)
            os.replace(copy, mine)


class Authority:
    def __init__(self, folder, name):
        self._folder = pathlib.Path(folder) / name
        self._folder.mkdir()
        self.cert = self._folder / "ca.pem"
        self._key = self._folder / "ca.key"
        _openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", self._key, "-out", self.cert, "-subj", f"/CN=Authority {name}", "-days", 30,
        )
        (self._folder / "serial").write_text("01\n")
        (self._folder / "index.txt").touch()
        (self._folder / "ca.conf").write_text(
            f"[ca]\ndefault_ca=it\n[it]\ndatabase={self._folder}/index.txt\n"
            f"serial={self._folder}/serial\nnew_certs_dir={self._folder}\ndefault_md=sha256\n"
            "policy=any\nunique_subject=no\ncopy_extensions=copy\n[any]\ncommonName=supplied\n"
        )

    def issue(self, name, names="DNS:localhost,IP:127.0.0.1", begins=-1, ends=20):
        """A certificate that is valid from `begins` to `ends` days from now."""
        made = Certificate(self._folder / f"{name}.pem", self._folder / f"{name}.key")
        request = self._folder / f"{name}.csr"
        _openssl(
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", made.key, "-out", request, "-subj", f"/CN={name}",
            "-addext", f"subjectAltName={names}",
        )
        now = datetime.datetime.now(datetime.timezone.utc)
        days = [
            (now + datetime.timedelta(days=day)).strftime("%Y%m%d%H%M%SZ") for day in (begins, ends)
        ]
        _openssl(
            "ca", "-batch", "-config", self._folder / "ca.conf", "-cert", self.cert,
            "-keyfile", self._key, "-in", request, "-out", made.cert, "-notext",
            "-startdate", days[0], "-enddate", days[1],
        )
        return made
