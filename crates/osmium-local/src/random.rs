//! Randomness, seeded by the operating system.

use osmium_ports::Random;
use rand::Rng;

/// The thread's cryptographically secure generator, seeded and reseeded by the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is what the Random port stands for"
    )]
    fn fill(&self, buffer: &mut [u8]) {
        rand::rng().fill_bytes(buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_comes_twice() {
        let random: &dyn Random = &SystemRandom;
        assert_ne!(random.bytes::<16>(), random.bytes::<16>());
    }
}
