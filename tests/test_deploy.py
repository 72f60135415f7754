"""`deploy/`: systemd takes the units, every command line in them is one that exists, and the hardening is whole."""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ordenes import parses

DEPLOY = Path(__file__).parents[1] / "deploy"
PROGRAM = "/opt/hallazgos/.venv/bin/hallazgos"
SERVICES = sorted(DEPLOY.glob("*.service"))
PUBLIC = DEPLOY / "hallazgos-publico.service"
UNITS = sorted([*SERVICES, *DEPLOY.glob("*.timer"), *DEPLOY.glob("*.path")])
CRONTAB = (DEPLOY / "crontab").read_text("utf-8")


def unit(path: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    read.optionxform = str  # type: ignore[assignment,method-assign] # systemd's keys have capitals
    read.read_string(path.read_text("utf-8"))
    return read


def command_lines() -> list[tuple[str, str]]:
    """Every call of our program in `deploy/`: where it stands, and the words after the program."""
    found = []
    for path in SERVICES:
        for line in re.findall(r"^Exec\w+=(.+)$", path.read_text("utf-8"), re.MULTILINE):
            assert line.startswith(f"{PROGRAM} "), line
            found.append((path.name, line.removeprefix(PROGRAM).replace("%i", "hallazgos-correr").strip()))
    found += [("crontab", words.strip()) for words in re.findall(rf"{PROGRAM} (.+?)(?: >>| \|\||$)", CRONTAB, re.MULTILINE)]
    return found


@pytest.mark.parametrize(("where", "line"), command_lines())
def test_every_command_line_exists(where: str, line: str) -> None:
    assert parses(line), f"{where}: {line}"


@pytest.mark.parametrize("line", ["correr --solo-fides", "corre", "aviso --fallo", "", "servir --puerto 99999999", "fuentes"])
def test_a_command_line_that_does_not_exist_is_told(line: str) -> None:
    assert not parses(line)


def test_the_schedule_is_whole() -> None:
    assert {line for _, line in command_lines()} >= {
        "correr --turno 60",
        "correr --solo-feeds --turno 5",
        "aviso",
        "servir --puerto 8001 --pedidos aparte",
        "servir --publico /srv/hallazgos/publico --puerto 8002",
        "servir --pedidos solo",
        "vigilar",
        "vigilar --una-vez",
        "arco descartados --aplicar --turno 60",
    }
    assert [line for line in CRONTAB.splitlines() if PROGRAM in line and "umask 077;" not in line] == []


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_every_service_is_confined(path: Path) -> None:
    service = unit(path)["Service"]
    wanted = {
        "User": "hallazgos-publico" if path == PUBLIC else "hallazgos",
        "UMask": "0077",
        "ProtectSystem": "strict",
        "ReadWritePaths": None if path == PUBLIC else "/var/lib/hallazgos",
        "NoNewPrivileges": "yes",
        "PrivateTmp": "yes",
        "ProtectHome": "yes",
        "CapabilityBoundingSet": "",
        "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    }
    assert {key: service.get(key) for key in wanted} == wanted
    assert int(service["MemoryMax"].removesuffix("M")) <= 1100
    own = unit(path)["Unit"].get("OnFailure", "")
    assert own == ("" if path.name == "hallazgos-aviso@.service" else "hallazgos-aviso@%N.service")


def test_the_public_version_is_served_by_who_cannot_open_the_registry() -> None:
    service = unit(PUBLIC)["Service"]
    assert service["InaccessiblePaths"].removeprefix("-") == "/var/lib/hallazgos"
    assert (service["IPAddressDeny"], service["IPAddressAllow"]) == ("any", "localhost")
    assert not [key for key in service if key in ("Environment", "StateDirectory", "ReadWritePaths", "EnvironmentFile")]
    assert f"u {service['User']} " in (DEPLOY / "hallazgos.sysusers").read_text("utf-8")


def test_the_public_proxy_only_reads_and_tells_nobody_who_asks() -> None:
    proxy = (DEPLOY / "nginx-publico.conf").read_text("utf-8")
    port = re.search(r"--puerto (\d+)", PUBLIC.read_text("utf-8"))
    assert port is not None
    assert f"proxy_pass http://127.0.0.1:{port[1]};" in proxy
    assert "limit_except GET { deny all; }" in proxy
    assert re.search(r'proxy_set_header\s+Cookie\s+"";', proxy)
    assert "X-Forwarded-For" not in proxy
    assert "access_log off;" in proxy
    names = [
        set(re.findall(r"server_name (\S+);", (DEPLOY / name).read_text("utf-8")))
        for name in ("nginx.conf", "nginx-publico.conf")
    ]
    assert names[0].isdisjoint(names[1])
    assert all(text.count("{") == text.count("}") for text in (proxy, (DEPLOY / "nginx.conf").read_text("utf-8")))


def test_run_and_pages_together_fit_in_two_gigabytes() -> None:
    most = {path.name: int(unit(path)["Service"]["MemoryMax"].removesuffix("M")) for path in SERVICES}
    assert most["hallazgos-correr.service"] + most["hallazgos-servir.service"] <= 1700


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_units_without_a_word(tmp_path: Path) -> None:
    for path in UNITS:
        # systemd looks whether the program is there; that of this environment stands in.
        text = path.read_text("utf-8").replace(PROGRAM, str(Path(sys.executable).resolve()))
        (tmp_path / path.name).write_text(text, "utf-8")
    names = [path.name.replace("@.", "@hallazgos-correr.") for path in UNITS]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(f"./{name}" for name in names)],
        cwd=tmp_path,
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_proxy_example_does_not_hide_that_it_is_one() -> None:
    proxy = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert "X-Forwarded-For" in proxy
    assert not re.search(r"proxy_set_header\s+X-Forwarded-\w+\s+\"\"", proxy)
    assert "Sólo en este equipo" in proxy
    assert re.search(r"proxy_set_header\s+X-Forwarded-For\s+\$remote_addr;", proxy)  # what the reader sends is thrown away
    assert re.search(r"proxy_set_header\s+X-Forwarded-Proto\s+https;", proxy)


def test_installing_and_updating_copy_every_unit() -> None:
    guide = (DEPLOY.parent / "docs" / "operacion.md").read_text("utf-8")
    copies = re.findall(r"^cp (?:/opt/hallazgos/)?(deploy/\S+) /etc/systemd/system/", guide, re.MULTILINE)
    assert len(copies) == 2
    for pattern in copies:
        listed = subprocess.run(
            ["bash", "-c", f"ls {pattern}"], cwd=DEPLOY.parent, capture_output=True, text=True, timeout=10, check=False
        )
        assert (listed.returncode, sorted(listed.stdout.split())) == (0, sorted(f"deploy/{path.name}" for path in UNITS))
