package footbridge.portable.provider;

import jakarta.jms.ConnectionFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes a connection factory by the name of its class and sets its properties as those of a Java
/// bean. Capitals, hyphens and underscores in the names of properties do not count, because an
/// environment variable cannot have them all.
public final class FactoryBean {

    private static final String FACTORY = "connection-factory";

    private FactoryBean() {}

    /// @throws InvalidProvider if there is no such class or property, or a value does not fit
    public static ConnectionFactory make(
            ClassLoader classes, String className, Map<String, String> properties) {
        Object factory = instance(classes, className);
        if (!(factory instanceof ConnectionFactory made)) {
            throw new InvalidProvider(FACTORY, className + " is no jakarta.jms.ConnectionFactory");
        }
        properties.forEach((name, value) -> set(made, name, value));
        return made;
    }

    private static Object instance(ClassLoader classes, String className) {
        try {
            return classes.loadClass(className).getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new InvalidProvider(
                    FACTORY,
                    "there is no class %s; name the folder of its jars with 'library'"
                            .formatted(className),
                    e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new InvalidProvider(FACTORY, className + " cannot be made: " + reason(e), e);
        }
    }

    private static void set(ConnectionFactory factory, String name, String value) {
        String key = "properties." + name;
        Method setter =
                setter(factory, name)
                        .orElseThrow(() ->
                                new InvalidProvider(
                                        key,
                                        factory.getClass().getName() + " has no such property"));
        try {
            setter.invoke(factory, value(key, setter.getParameterTypes()[0], value));
        } catch (ReflectiveOperationException e) {
            throw new InvalidProvider(key, "cannot be set: " + reason(e), e);
        }
    }

    /// The setter whose parameter is the simplest, where a name has several.
    private static Optional<Method> setter(ConnectionFactory factory, String name) {
        return Stream.of(factory.getClass().getMethods())
                .filter(method -> method.getParameterCount() == 1)
                .filter(method -> plain(method.getName()).equals("set" + plain(name)))
                .filter(method -> Kind.of(method.getParameterTypes()[0]).isPresent())
                .min(Comparator.comparing(method -> Kind.of(method.getParameterTypes()[0]).get()));
    }

    private static String plain(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    private static Object value(String key, Class<?> type, String text) {
        try {
            return switch (Kind.of(type).orElseThrow()) {
                case TEXT -> text;
                case WHOLE -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case FLAG -> flag(text);
            };
        } catch (IllegalArgumentException e) {
            throw new InvalidProvider(key, "the value must be of type " + type.getName(), e);
        }
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static String reason(Throwable failure) {
        Throwable told =
                failure instanceof InvocationTargetException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return String.valueOf(told.getMessage());
    }

    /// What a setting's text can be turned into.
    private enum Kind {
        TEXT(String.class),
        WHOLE(int.class),
        LONG(long.class),
        FLAG(boolean.class);

        private final Class<?> type;

        Kind(Class<?> type) {
            this.type = type;
        }

        static Optional<Kind> of(Class<?> type) {
            return Arrays.stream(values()).filter(kind -> kind.type == type).findFirst();
        }
    }
}
