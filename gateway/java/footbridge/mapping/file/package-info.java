/// Reads the files of a folder as one set of rules, or says all that is wrong with them, and where.
@NullMarked
package footbridge.mapping.file;

import org.jspecify.annotations.NullMarked;
