package footbridge.portable.provider;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// How connections of a Jakarta Messaging provider are made.
///
/// @param library folder with the provider's jars; empty if they are on the gateway's class path
/// @param factory where the connection factory comes from
/// @param properties of the factory, or of the JNDI context
public record Provider(Optional<Path> library, Factory factory, Map<String, String> properties) {

    public Provider {
        properties = Map.copyOf(properties);
    }

    /// Where the connection factory comes from.
    public sealed interface Factory {

        /// It is made with the constructor without parameters of a class; a property `hostName` is
        /// set with `setHostName`.
        record OfClass(String className) implements Factory {}

        /// It is looked up in JNDI; the properties are the environment of the context.
        record InJndi(String name) implements Factory {}
    }

    /// Shows no values of properties: a password may be among them.
    @Override
    public String toString() {
        return "Provider[factory=%s, properties=%s]".formatted(factory, properties.keySet());
    }
}
