package footbridge.mapping.file;

import footbridge.backend.Backend;
import footbridge.mapping.BrokerNames;
import footbridge.mapping.Mappings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The files of a folder that hold rules: `*.yaml` and `*.yml`, also in its sub-folders. Whatever
/// begins with a dot is left out, and links are followed: in a mounted ConfigMap each file is a
/// link into the hidden folder `..data`, itself a link that changes when the map does.
public record RuleFolder(Path folder) {

    private static final int MAX_DEPTH = 20;

    /// Reads every `*.yaml` and `*.yml` of the folder and its sub-folders as one set.
    ///
    /// @param backends the broker connections that the settings know, by name
    /// @throws InvalidMapping with all mistakes in all files, if there is any
    public static Mappings load(Path folder, Map<String, Backend.Kind> backends)
            throws InvalidMapping {
        return load(folder, new BrokerNames(backends, Map.of()));
    }

    /// As [#load(Path, Map)], and what rules name of a broker is looked at too.
    public static Mappings load(Path folder, BrokerNames names) throws InvalidMapping {
        return new Mappings(new FolderReader(folder, names).read());
    }

    /// Sorted by name.
    ///
    /// @throws IOException if a folder cannot be read, or links lead in a circle
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                folder,
                EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                MAX_DEPTH,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path path, BasicFileAttributes attributes) {
                        return isHidden(path)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && isRuleFile(path)) {
                            files.add(path);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path path, IOException why)
                            throws IOException {
                        if (isHidden(path)) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw why;
                    }
                });
        files.sort((a, b) -> name(a).compareTo(name(b)));
        return files;
    }

    /// The file's name for messages: its path from the folder on.
    String name(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /// Tells apart what the rule files hold at different times. A folder that cannot be read has a
    /// digest too.
    public String digest() {
        MessageDigest digest = sha256();
        try {
            for (Path file : files()) {
                digest.update(name(file).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(sha256().digest(read(file)));
            }
        } catch (IOException e) {
            return "unreadable: " + e;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// One octet more than a rule file may have is enough to know that it is refused.
    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(YamlSource.MAX_SIZE + 1);
        }
    }

    private boolean isHidden(Path path) {
        return !path.equals(folder) && path.getFileName().toString().startsWith(".");
    }

    private boolean isRuleFile(Path path) {
        String name = path.getFileName().toString();
        return !isHidden(path) && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
