//! The walls between crates: what each may see.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

use super::Problem;

/// The crates of this workspace that each crate may depend on. Tests may also use others: development dependencies are
/// no walls, and the testkit is nothing else.
const MAY_SEE: &[(&str, &[&str])] = &[
    ("osmium-proto", &[]),
    ("osmium-model", &[]),
    ("osmium-ports", &["osmium-model"]),
    ("osmium-wire", &["osmium-model", "osmium-proto"]),
    (
        "osmium-core",
        &[
            "osmium-model",
            "osmium-ports",
            "osmium-proto",
            "osmium-wire",
        ],
    ),
    (
        "osmium-fanout",
        &["osmium-model", "osmium-ports", "osmium-wire"],
    ),
    (
        "osmium-gateway",
        &[
            "osmium-core",
            "osmium-fanout",
            "osmium-model",
            "osmium-ports",
            "osmium-proto",
            "osmium-wire",
        ],
    ),
    ("osmium-local", ADAPTER),
    ("osmium-postgres", ADAPTER),
    ("osmium-redis", ADAPTER),
    ("osmium-sqlite", ADAPTER),
    ("osmium-client", &["osmium-proto"]),
    (
        "osmium-server",
        &[
            "osmium-core",
            "osmium-fanout",
            "osmium-gateway",
            "osmium-local",
            "osmium-model",
            "osmium-ports",
            "osmium-postgres",
            "osmium-redis",
            "osmium-sqlite",
        ],
    ),
    (
        "osmium-testkit",
        &[
            "osmium-client",
            "osmium-core",
            "osmium-fanout",
            "osmium-gateway",
            "osmium-local",
            "osmium-model",
            "osmium-ports",
            "osmium-postgres",
            "osmium-proto",
            "osmium-redis",
            "osmium-server",
            "osmium-sqlite",
            "osmium-wire",
        ],
    ),
    ("xtask", &["osmium-client", "osmium-model", "osmium-proto"]),
];

/// An adapter turns ports into an engine's calls, and knows no other adapter.
const ADAPTER: &[&str] = &["osmium-model", "osmium-ports"];

/// The libraries that a crate must not reach, by whatever way.
const NEVER: &[(&str, &[&str])] = &[
    ("osmium-core", IO),
    ("osmium-fanout", IO),
    ("osmium-gateway", &["sqlx", "redis"]),
];

/// Databases and sockets: the core decides, others carry.
const IO: &[&str] = &["sqlx", "redis", "axum", "hyper", "tokio-tungstenite"];

/// Checks the workspace in `root`.
pub(super) fn check(root: &Path) -> Result<Vec<Problem>> {
    let metadata = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .exec()?;
    let graph = Graph::of(&metadata)?;
    Ok([graph.look_over_walls(), graph.reach_too_far()].concat())
}

/// What depends on what, by the names of packages. Development dependencies are left out.
#[derive(Default)]
struct Graph {
    members: BTreeSet<String>,
    edges: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    fn of(metadata: &Metadata) -> Result<Self> {
        let resolve = metadata
            .resolve
            .as_ref()
            .context("cargo resolved no dependencies")?;
        let mut graph = Self::default();
        for package in metadata.workspace_packages() {
            graph.members.insert(package.name.to_string());
        }
        for node in &resolve.nodes {
            let dependencies = node.deps.iter().filter(|dependency| {
                dependency
                    .dep_kinds
                    .iter()
                    .any(|kind| kind.kind != DependencyKind::Development)
            });
            let names = dependencies.map(|dependency| metadata[&dependency.pkg].name.to_string());
            graph
                .edges
                .entry(metadata[&node.id].name.to_string())
                .or_default()
                .extend(names);
        }
        Ok(graph)
    }

    /// Dependencies between crates of the workspace that their rows in [`MAY_SEE`] do not list.
    fn look_over_walls(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for member in &self.members {
            let Some((_, allowed)) = MAY_SEE.iter().find(|(name, _)| name == member) else {
                problems.push(format!(
                    "{member}: a new crate needs a row in MAY_SEE (tidy/walls.rs)"
                ));
                continue;
            };
            for other in self
                .dependencies(member)
                .filter(|name| self.members.contains(*name))
            {
                if !allowed.contains(&other.as_str()) {
                    problems.push(format!(
                        "{member}: must not depend on {other}: {}",
                        reason(other)
                    ));
                }
            }
        }
        problems
    }

    /// The libraries of [`NEVER`] that a crate reaches nevertheless.
    fn reach_too_far(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (member, never) in NEVER {
            for library in *never {
                if let Some(way) = self.way(member, library) {
                    problems.push(format!(
                        "{member}: must not reach {library}, but does: {way}"
                    ));
                }
            }
        }
        problems
    }

    fn dependencies(&self, name: &str) -> impl Iterator<Item = &String> {
        self.edges.get(name).into_iter().flatten()
    }

    /// A way from one package to another over their dependencies: `a -> b -> c`.
    fn way(&self, from: &str, to: &str) -> Option<String> {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![(from, from.to_owned())];
        while let Some((name, way)) = waiting.pop() {
            if name == to {
                return Some(way);
            }
            if seen.insert(name) {
                waiting.extend(
                    self.dependencies(name)
                        .map(|next| (next.as_str(), format!("{way} -> {next}"))),
                );
            }
        }
        None
    }
}

fn reason(other: &str) -> &'static str {
    match other {
        "osmium-testkit" => "the testkit is a dev-dependency",
        "osmium-proto" => "only osmium-wire and those who speak the protocol see wire types",
        "osmium-local" | "osmium-postgres" | "osmium-redis" | "osmium-sqlite" => {
            "only osmium-server and tests name adapters"
        }
        _ => "its row in MAY_SEE (tidy/walls.rs) is the wall",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(&str, &str)]) -> Graph {
        let mut graph = Graph::default();
        for (from, to) in edges {
            for name in [from, to]
                .into_iter()
                .filter(|name| name.starts_with("osmium-"))
            {
                graph.members.insert((*name).to_owned());
            }
            graph
                .edges
                .entry((*from).to_owned())
                .or_default()
                .insert((*to).to_owned());
        }
        graph
    }

    #[test]
    fn what_a_row_lists_is_allowed() {
        let graph = graph(&[
            ("osmium-wire", "osmium-proto"),
            ("osmium-postgres", "osmium-ports"),
            ("osmium-postgres", "sqlx"),
        ]);
        assert_eq!(graph.look_over_walls(), Vec::<Problem>::new());
    }

    #[test]
    fn what_a_row_does_not_list_is_a_problem() {
        for (from, to) in [
            ("osmium-proto", "osmium-model"),
            ("osmium-redis", "osmium-local"),
            ("osmium-fanout", "osmium-proto"),
            ("osmium-gateway", "osmium-postgres"),
            ("osmium-server", "osmium-testkit"),
        ] {
            let problems = graph(&[(from, to)]).look_over_walls();
            assert!(
                matches!(&problems[..], [one] if one.contains(from) && one.contains(to)),
                "{problems:?}"
            );
        }
    }

    #[test]
    fn a_crate_without_a_row_is_a_problem() {
        let problems = graph(&[("osmium-new", "serde")]).look_over_walls();
        assert!(
            problems
                .iter()
                .any(|problem| problem.starts_with("osmium-new:"))
        );
    }

    #[test]
    fn a_library_is_found_over_others() {
        let graph = graph(&[
            ("osmium-core", "nice"),
            ("nice", "core-loop"),
            ("core-loop", "nice"),
            ("nice", "hyper"),
        ]);
        assert_eq!(
            graph.reach_too_far(),
            ["osmium-core: must not reach hyper, but does: osmium-core -> nice -> hyper"]
        );
    }

    #[test]
    fn the_gateway_may_reach_sockets_but_no_database() {
        assert!(
            graph(&[("osmium-gateway", "axum")])
                .reach_too_far()
                .is_empty()
        );
        assert_eq!(
            graph(&[("osmium-gateway", "redis")]).reach_too_far().len(),
            1
        );
    }
}
