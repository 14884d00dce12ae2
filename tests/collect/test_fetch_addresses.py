"""Where the fetcher may go: URLs, addresses, names that lead elsewhere."""

from __future__ import annotations

import ipaddress
import socket
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.collect.fetch import Fetcher, FetchRefused
from khabar.collect.fetch import addresses as module
from khabar.collect.fetch.addresses import is_public, resolve
from khabar.collect.fetch.urls import join, parse_url
from servers import answer, site

LOCAL = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.9.1", "169.254.169.254", "172.16.0.1", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
    "::ffff:8.8.8.8", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::8.8.8.8", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::",
    "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "2a00:1450::1%2", "fec0::1", "ff02::1", "ff0e::1", "nonsense", "", "127.1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "192.0.1.1", "2a00:1450:4001::1", "2606:4700::1111", "64:ff9b::8.8.8.8"]
SPECIAL = [ipaddress.ip_network(n) for n in ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "::ffff:0:0/96", "64:ff9b::/96", "fe80::/10")]
any_address = st.one_of(st.ip_addresses(), *(st.ip_addresses(network=network) for network in SPECIAL)).map(str)


@pytest.mark.parametrize("address", LOCAL)
def test_local_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(address)
    assert is_public(address, allow_loopback=True)


def test_loopback_is_all_that_the_option_opens() -> None:
    opened = [address for address in LOCAL if is_public(address, allow_loopback=True)]
    assert opened == ["127.0.0.1", "127.8.9.1", "::1"]


class Dialled(OSError):
    """Stands for a connection that a test does not make."""


@given(st.lists(any_address, min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_no_address_is_dialled_that_is_not_global(found: list[str]) -> None:
    dialled: list[str] = []

    def dial(address: str, port: int, seconds: float) -> socket.socket:
        dialled.append(address)
        raise Dialled("not here")

    fetcher = Fetcher(delay=0, retries=0, resolve=lambda host, port, seconds: found, dial=dial)
    with pytest.raises(FetchRefused) as refused:
        fetcher.get("http://news.example/")
    for address in map(ipaddress.ip_address, dialled):
        wrapped = ipaddress.ip_address(int(address) & 0xFFFFFFFF) if str(address).startswith("64:ff9b::") else address
        assert wrapped.is_global
        assert not any((wrapped.is_multicast, wrapped.is_private, wrapped.is_loopback, wrapped.is_link_local, wrapped.is_reserved))
    assert refused.value.reason == ("connection" if dialled else "address")
    assert dialled in ([], found)


def dial_here(real: int, dialled: list[str]):  # type: ignore[no-untyped-def]
    """A dial that reaches a site on this machine under whatever public address."""

    def dial(address: str, port: int, seconds: float) -> socket.socket:
        dialled.append(address)
        return socket.create_connection(("127.0.0.1", real), seconds)

    return dial


def test_a_name_that_changes_its_address_in_between_is_refused() -> None:
    answers = [["93.184.215.14"], ["127.0.0.1"]]
    dialled: list[str] = []
    with site({"/": answer(Connection="close"), "/robots.txt": answer(b"", type="text/plain", Connection="close")}) as here:
        fetcher = Fetcher(delay=0, resolve=lambda *_: answers.pop(0), dial=dial_here(here.port, dialled))
        with pytest.raises(FetchRefused, match=r"address: http://news.example:8080/: news.example leads to 127.0.0.1") as refused:
            fetcher.get("http://news.example:8080/")
    assert refused.value.reason == "address"
    assert (dialled, here.asked, answers) == (["93.184.215.14"], ["/robots.txt"], [])


def test_the_address_that_was_checked_is_the_one_connected_to() -> None:
    dialled: list[str] = []
    with site() as here:
        fetcher = Fetcher(delay=0, resolve=lambda *_: ["93.184.215.14"], dial=dial_here(here.port, dialled))
        assert fetcher.get("http://news.example:8080/").status == 200  # type: ignore[union-attr]
    assert set(dialled) == {"93.184.215.14"}
    assert all(b"Host: news.example:8080" in head for head in here.heads)


def test_one_private_address_among_public_ones_is_enough() -> None:
    fetcher = Fetcher(delay=0, resolve=lambda *_: ["8.8.8.8", "10.0.0.1"], dial=dial_here(1, []))
    with pytest.raises(FetchRefused, match=r"leads to 10\.0\.0\.1"):
        fetcher.get("http://news.example/")


def test_redirects_into_the_private_network_are_refused() -> None:
    targets = ["http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/", "http://intern.example/", "http://2130706433/"]
    names = {"news.example": ["93.184.215.14"], "intern.example": ["192.168.0.7"]}
    for target in targets:
        with site({"/": answer(b"", status="302 Found", Location=target)}) as here:
            fetcher = Fetcher(delay=0, resolve=lambda host, *_: names.get(host, [host]), dial=dial_here(here.port, dialled := []))
            with pytest.raises(FetchRefused) as refused:
                fetcher.get("http://news.example/")
        assert refused.value.reason == "address", target
        assert set(dialled) == {"93.184.215.14"}


def test_loopback_is_refused_without_the_option() -> None:
    with site() as here:
        for host in ("127.0.0.1", "localhost", "[::1]"):
            with pytest.raises(FetchRefused) as refused:
                Fetcher(delay=0).get(here.url(host=host))
            assert refused.value.reason == "address"
    assert here.accepted == 0


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1.0x1", "017700000001", "127.0.0.01", "１２７.１"])
def test_addresses_in_unusual_forms(host: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        parse_url(f"http://{host}/")
    assert refused.value.reason == "address"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "scheme"), ("gopher://news.example/", "scheme"), ("ftp://news.example/", "scheme"), ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"), ("news.example/a", "scheme"), ("//news.example/a", "scheme"), ("", "scheme"), ("http:news.example", "url"),
        ("http:///a", "url"), ("http://", "url"), ("http://news example/", "url"), ("http://news.example\\@10.0.0.1/", "url"), ("http://a/\r\nHost: b", "url"),
        ("http://user:secret@news.example/", "credentials"), ("http://user@news.example/", "credentials"), ("http://@news.example/", "credentials"),
        ("http://سعاد@خبر.example/", "credentials"), ("http://news.example:22/", "port"), ("http://news.example:0/", "port"),
        ("http://news.example:6667/", "port"),
        ("http://news.example:99999/", "url"), ("http://news.example:x/", "url"), ("http://127%2e0.0.1/", "url"), ("http://[fe80::1%25eth0]/", "address"),
        ("http://[::1/", "url"), ("http://-a.example/", "url"),
        (f"http://{'a' * 64}.example/", "url"), ("http://news.example/" + "ا" * 2000, "url"),
    ],
)  # fmt: skip
def test_urls_that_are_not_fetched(url: str, reason: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        parse_url(url)
    assert refused.value.reason == reason, refused.value
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTP://News.Example", "http://news.example/"), (" https://news.example:443/a#b ", "https://news.example/a"), ("http://news.example.:80/", "http://news.example/"),
        ("http://news.example/أخبار?ص=١", "http://news.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?%D8%B5=%D9%A1"), ("http://a.example/b c/../d", "http://a.example/d"),
        ("http://موقع.وزارة.مصر/", "http://xn--4gbrim.xn--mgbexc3i.xn--wgbh1c/"), ("http://[2A00:1450::1]:8080/", "http://[2a00:1450::1]:8080/"),
        ("http://a.example/?u=http://b:c@d/", "http://a.example/?u=http://b:c@d/"), ("http://a.example/%D8%A3", "http://a.example/%D8%A3"),
    ],
)  # fmt: skip
def test_urls_in_their_normal_form(url: str, normal: str) -> None:
    assert str(parse_url(url)) == normal
    assert str(parse_url(normal)) == normal


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/b", "https://a.example/b"), ("b?c", "https://a.example/x/b?c"), ("//c.example/d", "https://c.example/d"), ("http://c.example", "http://c.example/"),
        ("/أخبار".encode().decode("latin-1"), "https://a.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1"), ("/caf\xe9", "https://a.example/caf%E9"),
    ],
)  # fmt: skip
def test_where_redirects_lead(location: str, target: str) -> None:
    assert str(join(parse_url("https://a.example/x/y"), location)) == target


@given(st.text(max_size=60))
def test_any_text_is_a_url_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"http://a.example/{text}"):
        try:
            parsed = parse_url(url)
        except FetchRefused:
            continue
        assert str(parse_url(str(parsed))) == str(parsed)
        assert str(parsed).isascii()


def test_names_that_do_not_resolve_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    monkeypatch.setattr(module.socket, "getaddrinfo", lambda *_, **__: stop.wait(10) and [])
    with pytest.raises(TimeoutError):
        resolve("slow.example", 80, 0.05)
    stop.set()


def test_numbers_resolve_to_themselves() -> None:
    assert resolve("127.0.0.1", 80, 5) == ["127.0.0.1"]
    assert resolve("::1", 80, 5) == ["::1"]
