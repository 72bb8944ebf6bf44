/// The rules of STOMP as conversations: data files that say what clients send and what they are
/// answered, played in memory and over every transport. `src-test/README.md` describes the files.
@NullMarked
package footbridge.conversations;

import org.jspecify.annotations.NullMarked;
