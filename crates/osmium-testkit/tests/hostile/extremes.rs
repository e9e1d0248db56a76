//! Requests with extreme arguments, made from the descriptions of the protocol.

use osmium_proto::Method;
use prost::encoding::{WireType, encode_key, encode_varint};
use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{DescriptorProto, FieldDescriptorProto};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// How deep messages are filled.
const DEEPEST: usize = 4;
/// No message chooses between more members.
const CHOICES: usize = 12;

/// What arguments are filled with.
#[derive(Clone, Debug)]
pub(crate) struct Fill {
    /// Numbers, of all types.
    pub(crate) number: u64,
    /// Texts, and bytes.
    pub(crate) text: String,
    /// How many times what is repeated.
    pub(crate) count: usize,
    /// Numbers by the names of their fields, instead.
    pub(crate) known: HashMap<&'static str, u64>,
}

impl Fill {
    /// The ends of all ranges.
    pub(crate) fn all() -> Vec<Self> {
        let fill = |number, text: &str, count| Self {
            number,
            text: text.to_owned(),
            count,
            known: HashMap::new(),
        };
        vec![
            fill(0, "", 1),
            fill(1, "a", 1),
            fill(1, "\0", 1),
            fill(u64::MAX, "\0hidden\0", 3),
            fill(u64::MAX, &"x".repeat(100_000), 1),
            fill(
                i64::MAX as u64,
                "\u{202e}\u{feff}\u{200b}\u{1f600} ' \" \\ % _ ; --",
                2,
            ),
            fill(1 << 63, " \n\t\r ", 2),
            fill(u64::from(u32::MAX), "\u{10ffff}\u{fffe}", 2),
            fill(1 << 31, "-1", 5000),
        ]
    }

    /// The same with what is known.
    pub(crate) fn knowing(self, known: HashMap<&'static str, u64>) -> Self {
        Self { known, ..self }
    }
}

/// The messages of the protocol, by their full names.
pub(crate) struct Protocol(HashMap<String, DescriptorProto>);

impl Protocol {
    /// Reads the `.proto` files.
    pub(crate) fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../proto");
        let names: Vec<_> = folder
            .read_dir()
            .expect("the contract is there")
            .map(|entry| entry.expect("a file").path())
            .collect();
        let files = protox::compile(names, [folder]).expect("it compiles");
        let mut protocol = Self(HashMap::new());
        for file in files.file {
            let package = file.package().to_owned();
            file.message_type
                .into_iter()
                .for_each(|message| protocol.add(&package, message));
        }
        protocol
    }

    fn add(&mut self, within: &str, message: DescriptorProto) {
        let name = format!("{within}.{}", message.name());
        for nested in &message.nested_type {
            self.add(&name, nested.clone());
        }
        self.0.insert(name, message);
    }

    /// Requests of a method, one for each member that could be chosen.
    pub(crate) fn requests(&self, id: u32, method: &Method, fill: &Fill) -> BTreeSet<Vec<u8>> {
        let request = |choice| {
            let mut frame = Vec::new();
            prost::encoding::uint32::encode(1, &id, &mut frame);
            let arguments = self.message(method.request, fill, choice, 0);
            prost::encoding::bytes::encode(method.number, &arguments, &mut frame);
            frame
        };
        (0..CHOICES).map(request).collect()
    }

    fn message(&self, name: &str, fill: &Fill, choice: usize, depth: usize) -> Vec<u8> {
        let message = &self.0[name];
        let mut bytes = Vec::new();
        for field in message
            .field
            .iter()
            .filter(|field| is_chosen(message, field, choice))
        {
            let is_repeated = field.label() == Label::Repeated;
            let count = match depth {
                _ if !is_repeated => 1,
                0 => fill.count,
                _ => fill.count.min(2),
            };
            for _ in 0..count {
                self.field(field, fill, choice, depth, &mut bytes);
            }
        }
        bytes
    }

    fn field(
        &self,
        field: &FieldDescriptorProto,
        fill: &Fill,
        choice: usize,
        depth: usize,
        out: &mut Vec<u8>,
    ) {
        let number = field.number().unsigned_abs();
        let value = *fill.known.get(field.name()).unwrap_or(&fill.number);
        match field.r#type() {
            Type::Double | Type::Fixed64 | Type::Sfixed64 => {
                encode_key(number, WireType::SixtyFourBit, out);
                out.extend(value.to_le_bytes());
            }
            Type::Float | Type::Fixed32 | Type::Sfixed32 => {
                encode_key(number, WireType::ThirtyTwoBit, out);
                out.extend(&value.to_le_bytes()[..4]);
            }
            Type::String | Type::Bytes => {
                prost::encoding::string::encode(number, &fill.text, out);
            }
            Type::Message if depth < DEEPEST => {
                let name = field.type_name().trim_start_matches('.');
                let nested = self.message(name, fill, choice, depth + 1);
                prost::encoding::bytes::encode(number, &nested, out);
            }
            Type::Message | Type::Group => {}
            _ => {
                encode_key(number, WireType::Varint, out);
                encode_varint(value, out);
            }
        }
    }
}

/// Whether a field is to be filled: of those that exclude each other, one.
fn is_chosen(message: &DescriptorProto, field: &FieldDescriptorProto, choice: usize) -> bool {
    let Some(group) = field.oneof_index.filter(|_| !field.proto3_optional()) else {
        return true;
    };
    let of_group = |other: &&FieldDescriptorProto| other.oneof_index == Some(group);
    let members: Vec<_> = message.field.iter().filter(of_group).collect();
    members[choice % members.len()].number() == field.number()
}
