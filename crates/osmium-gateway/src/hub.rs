//! The hub: the sessions of this process, the topics that they follow, and what they hear.
