package footbridge.mapping.file;

import java.io.Serializable;

/// A mistake in a rule file. Written for the operator.
///
/// @param file its name without the folder; the folder's, when that is what is wrong
/// @param line from 1; 0 for the file or folder as a whole
/// @param column from 1; 0 for the file or folder as a whole
/// @param message what is wrong; what would be right
public record Fault(String file, int line, int column, String message) implements Serializable {

    /// `file:line:column: message`
    @Override
    public String toString() {
        return new Place(file, line, column) + ": " + message;
    }
}
