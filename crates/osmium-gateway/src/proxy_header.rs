//! The PROXY protocol: a load balancer that passes bytes on as they are says first for whom.
//!
//! Both of its forms are read, the text (version 1) and the binary one (version 2), as HAProxy's specification of it has them.

use ppp::v2::{Command, PROTOCOL_PREFIX};
use ppp::{HeaderResult, v1, v2};
use std::io;
use std::net::IpAddr;
use tokio::io::{AsyncRead, AsyncReadExt};

/// The shortest header: `PROXY UNKNOWN\r\n`.
const SHORTEST: usize = 15;
/// What every binary header begins with; its last two bytes say how many follow.
const BINARY_HEAD: usize = 16;
/// The longest one in text, which the specification sets.
const LONGEST_TEXT: usize = 107;
/// The longest binary one that is read. Addresses take 216 bytes at most; the rest is what a balancer has to add.
const LONGEST_BINARY: usize = 4096;

/// Reads the header with which a load balancer begins a connection, and nothing after it. Gives the address of the client, or
/// none if the balancer speaks for nobody: it asks whether we live, or does not know.
pub(crate) async fn client<S: AsyncRead + Unpin>(stream: &mut S) -> io::Result<Option<IpAddr>> {
    let mut header = vec![0; SHORTEST];
    stream.read_exact(&mut header).await?;
    if header.starts_with(PROTOCOL_PREFIX) {
        read_binary(stream, &mut header).await?;
    } else {
        read_text(stream, &mut header).await?;
    }
    source(&header)
}

async fn read_binary<S: AsyncRead + Unpin>(stream: &mut S, header: &mut Vec<u8>) -> io::Result<()> {
    read_up_to(stream, header, BINARY_HEAD).await?;
    let [.., high, low] = header[..] else {
        return Err(invalid());
    };
    let length = BINARY_HEAD + usize::from(u16::from_be_bytes([high, low]));
    if length > LONGEST_BINARY {
        return Err(invalid());
    }
    read_up_to(stream, header, length).await
}

/// Its end is found by looking at each byte: what comes after it is the client's.
async fn read_text<S: AsyncRead + Unpin>(stream: &mut S, header: &mut Vec<u8>) -> io::Result<()> {
    while !header.ends_with(b"\n") {
        if header.len() == LONGEST_TEXT {
            return Err(invalid());
        }
        read_up_to(stream, header, header.len() + 1).await?;
    }
    Ok(())
}

async fn read_up_to<S: AsyncRead + Unpin>(
    stream: &mut S,
    header: &mut Vec<u8>,
    length: usize,
) -> io::Result<()> {
    let read = header.len();
    header.resize(length, 0);
    stream.read_exact(&mut header[read..]).await.map(|_| ())
}

/// Whom a whole header speaks for, if for anyone.
fn source(header: &[u8]) -> io::Result<Option<IpAddr>> {
    Ok(match HeaderResult::parse(header) {
        HeaderResult::V1(header) => match header.map_err(|_| invalid())?.addresses {
            v1::Addresses::Tcp4(addresses) => Some(addresses.source_address.into()),
            v1::Addresses::Tcp6(addresses) => Some(addresses.source_address.into()),
            v1::Addresses::Unknown => None,
        },
        HeaderResult::V2(header) => match header.map_err(|_| invalid())? {
            header if header.command == Command::Local => None,
            header => match header.addresses {
                v2::Addresses::IPv4(addresses) => Some(addresses.source_address.into()),
                v2::Addresses::IPv6(addresses) => Some(addresses.source_address.into()),
                v2::Addresses::Unix(_) | v2::Addresses::Unspecified => None,
            },
        },
    })
}

fn invalid() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        "no header of the PROXY protocol",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of these bytes, and what is left of them.
    async fn read(mut bytes: &[u8]) -> (Result<Option<IpAddr>, io::ErrorKind>, &[u8]) {
        let client = client(&mut bytes).await.map_err(|error| error.kind());
        (client, bytes)
    }

    /// A binary header with so much behind its addresses.
    fn binary(command: u8, family: u8, addresses: &[u8], more: usize) -> Vec<u8> {
        let length = u16::try_from(addresses.len() + more).expect("short");
        let head = [0x20 | command, family << 4 | 1];
        let more = vec![0; more];
        [
            PROTOCOL_PREFIX,
            &head,
            &length.to_be_bytes(),
            addresses,
            &more,
            b"rest",
        ]
        .concat()
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[tokio::test]
    async fn text_says_who_and_no_more_is_read() {
        for (header, client) in [
            (
                "PROXY TCP4 192.0.2.1 198.51.100.1 4711 8081\r\n",
                Some(ip("192.0.2.1")),
            ),
            (
                "PROXY TCP6 2001:db8::1 2001:db8::2 4711 8081\r\n",
                Some(ip("2001:db8::1")),
            ),
            ("PROXY UNKNOWN\r\n", None),
            (
                "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n",
                None,
            ),
        ] {
            let bytes = format!("{header}rest");
            assert_eq!(
                read(bytes.as_bytes()).await,
                (Ok(client), &b"rest"[..]),
                "{header}"
            );
        }
    }

    #[tokio::test]
    async fn binary_says_who_and_no_more_is_read() {
        let v4 = [&[192, 0, 2, 1, 198, 51, 100, 1][..], &[1, 2, 3, 4]].concat();
        let mut v6 = [0; 36];
        v6[..4].copy_from_slice(&[0x20, 0x01, 0x0d, 0xb8]);
        v6[15] = 1;
        for (header, client) in [
            (binary(1, 1, &v4, 0), Some(ip("192.0.2.1"))),
            (binary(1, 1, &v4, 300), Some(ip("192.0.2.1"))),
            (binary(1, 2, &v6, 0), Some(ip("2001:db8::1"))),
            (binary(0, 0, &[], 0), None),
            (binary(0, 1, &v4, 0), None),
            (binary(1, 3, &[7; 216], 0), None),
        ] {
            assert_eq!(
                read(&header).await,
                (Ok(client), &b"rest"[..]),
                "{header:?}"
            );
        }
    }

    #[tokio::test]
    async fn what_is_no_header_is_refused() {
        let endless = [b"PROXY UNKNOWN ".as_slice(), &[b'x'; 200]].concat();
        let claim = [PROTOCOL_PREFIX, &[0x21, 0x11, 0xff, 0xff], &[0; 100]].concat();
        let short = [PROTOCOL_PREFIX, &[0x21, 0x11, 0, 4], &[0; 4]].concat();
        for bytes in [
            &b"\0\0\0\x10\x08\x01\x12\x08 a message\n"[..],
            b"GET / HTTP/1.1\r\n\r\n",
            b"PROXY TCP4 192.0.2.1\r\n",
            b"PROXY TCP4 192.0.2.999 198.51.100.1 4711 8081\r\n",
            &endless,
            &claim,
            &short,
        ] {
            let (client, _) = read(bytes).await;
            assert_eq!(client, Err(io::ErrorKind::InvalidData), "{bytes:?}");
        }
    }

    #[tokio::test]
    async fn an_end_before_the_header_is_an_end() {
        for bytes in [&b""[..], b"PROXY TCP4 192.0.2.1", PROTOCOL_PREFIX] {
            let (client, _) = read(bytes).await;
            assert_eq!(client, Err(io::ErrorKind::UnexpectedEof), "{bytes:?}");
        }
    }
}
