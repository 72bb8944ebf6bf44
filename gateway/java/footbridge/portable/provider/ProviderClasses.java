package footbridge.portable.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the classes of a provider whose jars lie in a folder, apart from those of other providers.
/// What the gateway has itself, the Jakarta Messaging API above all, is the gateway's.
public final class ProviderClasses {

    private ProviderClasses() {}

    /// A class loader for as long as the gateway lives.
    ///
    /// @throws InvalidProvider if there are no jars in the folder
    public static ClassLoader of(Optional<Path> folder) {
        ClassLoader own = ProviderClasses.class.getClassLoader();
        return folder.<ClassLoader>map(jars -> new URLClassLoader(urls(jars), own)).orElse(own);
    }

    private static URL[] urls(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidProvider("library", "there is no folder " + folder);
        }
        List<URL> urls = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : jars) {
                urls.add(url(jar));
            }
        } catch (IOException e) {
            throw new InvalidProvider("library", "the folder " + folder + " cannot be read", e);
        }
        if (urls.isEmpty()) {
            throw new InvalidProvider("library", "there are no jars in " + folder);
        }
        return urls.toArray(URL[]::new);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e); // a file always has one
        }
    }
}
