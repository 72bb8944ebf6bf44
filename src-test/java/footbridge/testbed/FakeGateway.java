package footbridge.testbed;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/// A program that looks like the gateway to whoever starts it: it prints its settings, opens two of
/// the same ports and tells its health; and it misbehaves when told to by the property `fake`.
public final class FakeGateway {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int NO_BODY = -1;

    private FakeGateway() {}

    /// Writes this program as a jar that `java -jar` runs.
    public static Path jar(Path folder) throws IOException {
        String name = FakeGateway.class.getName();
        String file = name.replace('.', '/') + ".class";
        Path jar = folder.resolve("fake-gateway.jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, name);
        try (InputStream in = FakeGateway.class.getClassLoader().getResourceAsStream(file);
                OutputStream out = Files.newOutputStream(jar);
                var zip = new JarOutputStream(out, manifest)) {
            zip.putNextEntry(new ZipEntry(file));
            if (in != null) {
                in.transferTo(zip);
            }
        }
        return jar;
    }

    public static void main(String[] args) throws Exception {
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("footbridge.") || name.startsWith("quarkus."))
                .forEach(name -> System.out.println(name + "=" + System.getProperty(name)));
        System.out.println("heap=" + Runtime.getRuntime().maxMemory());
        String behaviour = System.getProperty("fake", "");
        if (behaviour.equals("fails")) {
            System.out.println("the reason why");
            System.exit(1);
        }
        if (behaviour.equals("stubborn")) {
            Runtime.getRuntime().addShutdownHook(new Thread(FakeGateway::waitForever));
        }
        listen(Integer.getInteger("quarkus.http.port"), OK);
        int health = behaviour.equals("never-ready") ? UNAVAILABLE : OK;
        listen(Integer.getInteger("quarkus.management.port"), health);
        waitForever();
    }

    private static void listen(int port, int answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(answer, NO_BODY);
                    exchange.close();
                });
        server.start();
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
