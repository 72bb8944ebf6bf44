package footbridge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An OpenID server as far as a gateway needs one: it says where its keys are, and signs tokens,
/// also for whoever asks at `/token`.
public final class TokenIssuer implements AutoCloseable {

    private static final String KEY_ID = "k1";

    private final HttpServer server;
    private final KeyPair keys = keys();
    private final Map<String, String> opaque = new ConcurrentHashMap<>();

    private TokenIssuer(HttpServer server) {
        this.server = server;
    }

    public static TokenIssuer start() {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var issuer = new TokenIssuer(HttpServer.create(address, 0));
            issuer.server.createContext(
                    "/.well-known/openid-configuration",
                    exchange -> answer(exchange, issuer.metadata()));
            issuer.server.createContext("/jwks", exchange -> answer(exchange, issuer.jwks()));
            issuer.server.createContext("/token", exchange -> answer(exchange, issuer.granted()));
            issuer.server.createContext(
                    "/introspect", exchange -> answer(exchange, issuer.introspection(exchange)));
            issuer.server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What `quarkus.oidc.auth-server-url` wants.
    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /// A token about `user`, good from now on.
    ///
    /// @param claims more of it; the values are texts
    public String token(
            String user, List<String> roles, Duration life, Map<String, String> claims) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("iss", quoted(url()));
        all.put("sub", quoted("id-of-" + user));
        all.put("upn", quoted(user));
        all.put("iat", Long.toString(Instant.now().getEpochSecond()));
        all.put("exp", Long.toString(Instant.now().plus(life).getEpochSecond()));
        all.put(
                "groups",
                roles.stream().map(TokenIssuer::quoted).collect(Collectors.joining(",", "[", "]")));
        claims.forEach((name, value) -> all.put(name, quoted(value)));
        return signed(json(all));
    }

    /// A token that says nothing by itself: whoever gets it asks here (RFC 7662).
    ///
    /// @param scopes what its bearer may do
    public String opaqueToken(String user, Duration life, String... scopes) {
        String token = "opaque-" + UUID.randomUUID();
        opaque.put(
                token,
                json(
                        Map.of(
                                "active", "true",
                                "username", quoted(user),
                                "scope", quoted(String.join(" ", scopes)),
                                "exp", Long.toString(Instant.now().plus(life).getEpochSecond()))));
        return token;
    }

    private String introspection(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        return Stream.of(form.split("&", -1))
                .filter(field -> field.startsWith("token="))
                .map(field -> opaque.get(field.substring("token=".length())))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("{\"active\":false}");
    }

    private String signed(String claims) {
        String head = json(Map.of("alg", quoted("RS256"), "kid", quoted(KEY_ID)));
        String content = base64(head.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(UTF_8));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String metadata() {
        return json(
                Map.of(
                        "issuer", quoted(url()),
                        "jwks_uri", quoted(url() + "/jwks"),
                        "introspection_endpoint", quoted(url() + "/introspect")));
    }

    /// To whoever asks for a token of its own (RFC 6749, 4.4), whatever its credentials.
    private String granted() {
        String token = token("service", List.of(), Duration.ofMinutes(5), Map.of());
        return json(
                Map.of(
                        "access_token", quoted(token),
                        "token_type", quoted("Bearer"),
                        "expires_in", "300"));
    }

    private String jwks() {
        var key = (RSAPublicKey) keys.getPublic();
        String jwk =
                json(
                        Map.of(
                                "kty", quoted("RSA"),
                                "use", quoted("sig"),
                                "alg", quoted("RS256"),
                                "kid", quoted(KEY_ID),
                                "n", quoted(base64(unsigned(key.getModulus()))),
                                "e", quoted(base64(unsigned(key.getPublicExponent())))));
        return "{\"keys\":[" + jwk + "]}";
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] octets = number.toByteArray();
        return octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String json(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] octets = body.getBytes(UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, octets.length);
            exchange.getResponseBody().write(octets);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
