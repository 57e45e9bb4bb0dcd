//! A gazetteer as bytes, for a cache: written once it is made, and read back in a fraction of the time. What is read is
//! checked as a whole, and where it is wrong all the same, lookups find nothing or the wrong thing, but nothing breaks.

use std::io::{self, Read, Write};

use xxhash_rust::xxh3::Xxh3Default;

use super::index::{Index, Name};
use super::store::{Extra, RoleRow, Row, Store, Text};

/// What such bytes begin with: changes with their form, and with every version, whose tables may be others.
const MAGIC: &str = concat!("dispatch-ls gazetteer 2, version ", env!("CARGO_PKG_VERSION"), "\n");

/// Bytes that are read at a time.
const CHUNK: usize = 48 << 10;

/// Something that takes the same number of bytes each time.
trait Fixed: Sized {
    const SIZE: usize;

    fn write(&self, out: &mut Bytes);

    /// From `SIZE` bytes.
    fn read(bytes: &mut Numbers) -> Self;
}

/// Bytes to write, and their sum.
struct Bytes<'a> {
    out: &'a mut dyn Write,
    sum: Xxh3Default,
    waiting: Vec<u8>,
    failure: Option<io::Error>,
}

impl Bytes<'_> {
    fn put(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= CHUNK {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.sum.update(&self.waiting);
        if self.failure.is_none() {
            self.failure = self.out.write_all(&self.waiting).err();
        }
        self.waiting.clear();
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.put(&(bytes.len() as u64).to_le_bytes());
        self.put(bytes);
    }

    fn section<T: Fixed>(&mut self, items: &[T]) {
        self.put(&(items.len() as u64).to_le_bytes());
        for item in items {
            item.write(self);
        }
    }
}

/// Numbers in bytes that are there; zeros behind their end.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let (first, rest) =
            self.0.split_first_chunk::<N>().map_or(([0; N], [].as_slice()), |(first, rest)| (*first, rest));
        self.0 = rest;
        first
    }

    fn u8(&mut self) -> u8 {
        u8::from_le_bytes(self.take())
    }

    fn u16(&mut self) -> u16 {
        u16::from_le_bytes(self.take())
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.take())
    }

    fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.take())
    }

    fn text(&mut self) -> Text {
        Text { start: self.u32(), len: self.u32() }
    }
}

impl Fixed for u64 {
    const SIZE: usize = 8;

    fn write(&self, out: &mut Bytes) {
        out.put(&self.to_le_bytes());
    }

    fn read(bytes: &mut Numbers) -> u64 {
        bytes.u64()
    }
}

impl Fixed for (u32, u32) {
    const SIZE: usize = 8;

    fn write(&self, out: &mut Bytes) {
        out.put(&self.0.to_le_bytes());
        out.put(&self.1.to_le_bytes());
    }

    fn read(bytes: &mut Numbers) -> (u32, u32) {
        (bytes.u32(), bytes.u32())
    }
}

impl Fixed for Name {
    const SIZE: usize = 12;

    fn write(&self, out: &mut Bytes) {
        out.put(&self.start.to_le_bytes());
        out.put(&self.len.to_le_bytes());
        out.put(&self.flags.to_le_bytes());
        out.put(&self.entry.to_le_bytes());
    }

    fn read(bytes: &mut Numbers) -> Name {
        Name { start: bytes.u32(), len: bytes.u16(), flags: bytes.u16(), entry: bytes.u32() }
    }
}

impl Fixed for Text {
    const SIZE: usize = 8;

    fn write(&self, out: &mut Bytes) {
        out.put(&self.start.to_le_bytes());
        out.put(&self.len.to_le_bytes());
    }

    fn read(bytes: &mut Numbers) -> Text {
        bytes.text()
    }
}

impl Fixed for Row {
    const SIZE: usize = 25;

    fn write(&self, out: &mut Bytes) {
        out.put(&self.id_start.to_le_bytes());
        out.put(&self.name_start.to_le_bytes());
        out.put(&self.id_len.to_le_bytes());
        out.put(&self.name_len.to_le_bytes());
        out.put(&self.roles.to_le_bytes());
        out.put(&self.country);
        out.put(&[self.kind]);
        out.put(&self.file.to_le_bytes());
        out.put(&self.line.to_le_bytes());
    }

    fn read(bytes: &mut Numbers) -> Row {
        Row {
            id_start: bytes.u32(),
            name_start: bytes.u32(),
            id_len: bytes.u16(),
            name_len: bytes.u16(),
            roles: bytes.u32(),
            country: bytes.take(),
            kind: bytes.u8(),
            file: bytes.u16(),
            line: bytes.u32(),
        }
    }
}

impl Fixed for RoleRow {
    const SIZE: usize = 34;

    fn write(&self, out: &mut Bytes) {
        self.title.write(out);
        self.org.write(out);
        self.code.write(out);
        out.put(&self.country);
        out.put(&self.from.to_le_bytes());
        out.put(&self.to.to_le_bytes());
    }

    fn read(bytes: &mut Numbers) -> RoleRow {
        RoleRow {
            title: bytes.text(),
            org: bytes.text(),
            code: bytes.text(),
            country: bytes.take(),
            from: i32::from_le_bytes(bytes.take()),
            to: i32::from_le_bytes(bytes.take()),
        }
    }
}

impl Fixed for Extra {
    const SIZE: usize = 20;

    fn write(&self, out: &mut Bytes) {
        out.put(&self.entry.to_le_bytes());
        self.key.write(out);
        self.value.write(out);
    }

    fn read(bytes: &mut Numbers) -> Extra {
        Extra { entry: bytes.u32(), key: bytes.text(), value: bytes.text() }
    }
}

/// Writes a gazetteer, and a `note` of the caller's on what it was made from.
pub fn write(store: &Store, note: &[u8], out: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Bytes { out, sum: Xxh3Default::new(), waiting: Vec::new(), failure: None };
    bytes.put(MAGIC.as_bytes());
    bytes.bytes(note);
    bytes.bytes(store.text.as_bytes());
    bytes.section(&store.rows);
    bytes.section(&store.names);
    bytes.section(&store.roles);
    bytes.section(&store.extras);
    bytes.section(&store.index.slots);
    bytes.section(&store.index.filter);
    bytes.section(&store.sounds);
    bytes.flush();
    let sum = bytes.sum.digest().to_le_bytes();
    match bytes.failure {
        None => bytes.out.write_all(&sum),
        Some(failure) => Err(failure),
    }
}

/// Reads what [`write`] wrote, in all `size` bytes. `is_right` judges the note before the rest is read. `None` where anything
/// is not as it was written.
pub fn read(from: &mut dyn Read, size: u64, is_right: impl FnOnce(&[u8]) -> bool) -> Option<Store> {
    let mut source = Source { from, sum: Xxh3Default::new(), left: size.checked_sub(8)? };
    let mut magic = [0; MAGIC.len()];
    source.fill(&mut magic)?;
    if magic != MAGIC.as_bytes() || !is_right(&source.bytes()?) {
        return None;
    }
    let store = Store {
        text: String::from_utf8(source.bytes()?).ok()?,
        rows: source.section()?,
        names: source.section()?,
        roles: source.section()?,
        extras: source.section()?,
        index: Index { slots: source.section()?, filter: source.section()? },
        sounds: source.section()?,
        has_nobodies: false,
    };
    let has_nobodies = store.names.iter().any(|name| name.flags & Name::NOBODY != 0);
    let store = Store { has_nobodies, ..store };
    let mut sum = [0; 8];
    source.from.read_exact(&mut sum).ok()?;
    // The table of keys is taken by masks.
    let is_sound = store.index.filter.len().is_power_of_two();
    (source.left == 0 && u64::from_le_bytes(sum) == source.sum.digest() && is_sound).then_some(store)
}

struct Source<'a> {
    from: &'a mut dyn Read,
    sum: Xxh3Default,
    /// Bytes that are still to come: no length may say more.
    left: u64,
}

impl Source<'_> {
    fn fill(&mut self, bytes: &mut [u8]) -> Option<()> {
        self.left = self.left.checked_sub(bytes.len() as u64)?;
        self.from.read_exact(bytes).ok()?;
        self.sum.update(bytes);
        Some(())
    }

    /// How many items of `size` bytes follow.
    fn length(&mut self, size: usize) -> Option<usize> {
        let mut count = [0; 8];
        self.fill(&mut count)?;
        let count = u64::from_le_bytes(count);
        if count.checked_mul(size as u64)? > self.left { None } else { usize::try_from(count).ok() }
    }

    fn bytes(&mut self) -> Option<Vec<u8>> {
        let mut bytes = vec![0; self.length(1)?];
        for chunk in bytes.chunks_mut(CHUNK) {
            self.fill(chunk)?;
        }
        Some(bytes)
    }

    fn section<T: Fixed>(&mut self) -> Option<Vec<T>> {
        let count = self.length(T::SIZE)?;
        let mut items = Vec::with_capacity(count);
        let mut buffer = [0; CHUNK];
        while items.len() < count {
            let next = (count - items.len()).min(CHUNK / T::SIZE);
            let chunk = buffer.get_mut(..next * T::SIZE)?;
            self.fill(chunk)?;
            items.extend(chunk.chunks_exact(T::SIZE).map(|bytes| T::read(&mut Numbers(bytes))));
        }
        Some(items)
    }
}
