package footbridge.app;

import footbridge.app.settings.FootbridgeSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Settings with their defaults, except for those that a test gives. Only Quarkus can make the
/// gateway's own, when it builds it.
public final class GivenSettings implements InvocationHandler {

    private static final SmallRyeConfig CONVERTERS =
            new SmallRyeConfigBuilder()
                    .withConverter(Duration.class, 300, new DurationConverter())
                    .withConverter(MemorySize.class, 300, new MemorySizeConverter())
                    .build();

    private final String prefix;
    private final Map<String, String> given;

    private GivenSettings(String prefix, Map<String, String> given) {
        this.prefix = prefix;
        this.given = given;
    }

    /// @param given by their keys without `footbridge.`
    public static FootbridgeSettings of(Map<String, String> given) {
        return (FootbridgeSettings) proxy(FootbridgeSettings.class, "", given);
    }

    private static Object proxy(Class<?> type, String prefix, Map<String, String> given) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new GivenSettings(prefix, given));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        String key =
                prefix + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        Class<?> type = method.getReturnType();
        if (type.getEnclosingClass() == FootbridgeSettings.class) {
            return proxy(type, key + ".", given);
        }
        if (type == Map.class) {
            return Map.of();
        }
        WithDefault usual = method.getAnnotation(WithDefault.class);
        Optional<String> value =
                Optional.ofNullable(given.getOrDefault(key, usual == null ? null : usual.value()));
        if (type == Optional.class) {
            return value.map(text -> convert(text, argument(method)));
        }
        return convert(value.orElseThrow(), method.getGenericReturnType());
    }

    private static Type argument(Method method) {
        return ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0];
    }

    private static Object convert(String text, Type type) {
        if (type instanceof ParameterizedType many) {
            Class<?> each = (Class<?>) many.getActualTypeArguments()[0];
            Stream<Object> values =
                    Stream.of(text.split(",", -1)).map(part -> convertOne(part, each));
            return many.getRawType() == List.class
                    ? values.toList()
                    : values.collect(Collectors.toCollection(LinkedHashSet::new));
        }
        return convertOne(text, (Class<?>) type);
    }

    private static Object convertOne(String text, Class<?> type) {
        return CONVERTERS.getConverter(type).orElseThrow().convert(text);
    }
}
