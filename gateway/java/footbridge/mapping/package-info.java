/// Reads rule files and says where a STOMP destination leads, and whom it lets in.
///
/// First floor. Uses `backend` for targets, `access` for grants and identities, and
/// snakeyaml-engine for YAML nodes that know their line and column. No broker, no clock; files are
/// read by [footbridge.mapping.file.RuleFolder#load] alone. The language is described in
/// `mappings/README.md`.
@NullMarked
package footbridge.mapping;

import org.jspecify.annotations.NullMarked;
