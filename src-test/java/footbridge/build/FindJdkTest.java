package footbridge.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `.mvn/find-jdk` against folders that only look like JDKs, in a world without any other.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are POSIX shell")
class FindJdkTest {

    private static final Path REPOSITORY = Path.of("").toAbsolutePath();
    private static final String PRINT_JAVA_HOME =
            "set -euf; . '%s/.mvn/find-jdk'; printf %%s \"$JAVA_HOME\"".formatted(REPOSITORY);

    @TempDir private Path temporary;
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void emptyTheWorld() throws IOException {
        folder = Files.createDirectory(temporary.resolve("a folder with spaces"));
        environment.put("PATH", Files.createDirectory(folder.resolve("bin")).toString());
        environment.put("HOME", Files.createDirectory(folder.resolve("home")).toString());
        environment.put("JDK_FOLDERS", Files.createDirectory(folder.resolve("jvm")).toString());
    }

    @Test
    void javaHomeComesFirst() throws Exception {
        Path chosen = jdk("elsewhere", "25.0.1");
        environment.put("JAVA_HOME", chosen.toString());
        defaultJavaIs(jdk("default", "25"));
        jdk("jvm/temurin", "25.0.1");

        assertThat(found()).isEqualTo(chosen);
    }

    @Test
    void olderJavaHomeGivesWayToTheDefaultJava() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "17.0.9").toString());
        Path chosen = jdk("default", "26-ea");
        defaultJavaIs(chosen);
        jdk("jvm/temurin", "25.0.1");

        assertThat(found()).isEqualTo(chosen);
    }

    @Test
    void olderDefaultJavaGivesWayToTheUsualFolders() throws Exception {
        defaultJavaIs(jdk("default", "17.0.9"));
        jdk("jvm/openjdk-21", "21.0.4");
        Path chosen = jdk("jvm/temurin 25", "25.0.1");

        assertThat(found()).isEqualTo(chosen);
    }

    @Test
    void oldestThatWillDoIsTakenFromTheUsualFolders() throws Exception {
        jdk("jvm/a", "27");
        Path chosen = jdk("jvm/b", "25.0.3");
        jdk("jvm/c", "26.0.1");

        assertThat(found()).isEqualTo(chosen);
    }

    @Test
    void bundlesOfMacOsAreFound() throws Exception {
        Path chosen = jdk("jvm/temurin-25.jdk/Contents/Home", "25.0.1");

        assertThat(found()).isEqualTo(chosen);
    }

    @Test
    void foldersBelowTheHomeFolderAreAmongTheUsualOnes() throws Exception {
        environment.put("JAVA_HOME", jdk("elsewhere", "25").toString());

        assertThat(shell(PRINT_JAVA_HOME + "; jdk_usual_folders").output())
                .contains(":" + folder.resolve("home/.jdks"))
                .endsWith(":" + folder.resolve("home/.sdkman/candidates/java"));
    }

    @Test
    void runtimeWithoutCompilerWillNotDo() throws Exception {
        Path runtime = jdk("jvm/jre", "25.0.1");
        Files.delete(runtime.resolve("bin/javac"));
        environment.put("JAVA_HOME", runtime.toString());

        assertThat(shell(PRINT_JAVA_HOME).exitCode()).isEqualTo(1);
    }

    @Test
    void compilerIsAskedWhereNoReleaseFileTellsTheVersion() throws Exception {
        Path chosen = jdk("jvm/built-from-source", "25-internal");
        Files.delete(chosen.resolve("release"));

        assertThat(found()).isEqualTo(chosen);
    }

    @Test
    void oneLineSaysWhatToInstall() throws Exception {
        jdk("jvm/openjdk-21", "21.0.4");

        Outcome outcome = shell(PRINT_JAVA_HOME);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output().lines())
                .singleElement()
                .asString()
                .contains("needs a JDK 25", "install one", "JAVA_HOME");
    }

    @Test
    void wrapperEndsWithThatLine() throws Exception {
        for (String tool : List.of("dirname", "uname")) {
            executable(
                    folder.resolve("bin").resolve(tool), "exec /usr/bin/%s \"$@\"".formatted(tool));
        }

        Outcome outcome = shell("'%s/mvnw' --version".formatted(REPOSITORY));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output().lines()).singleElement().asString().contains("needs a JDK 25");
    }

    private Path found() throws IOException, InterruptedException {
        Outcome outcome = shell(PRINT_JAVA_HOME);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return Path.of(outcome.output());
    }

    private record Outcome(int exitCode, String output) {}

    private Outcome shell(String script) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("/bin/sh", "-c", script).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), output);
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"%s\"\nOS_NAME=\"Any\"\n"
                        .formatted(version));
        executable(home.resolve("bin/java"), "echo \"    java.home = %s\" >&2".formatted(home));
        executable(home.resolve("bin/javac"), "echo javac %s".formatted(version));
        return home;
    }

    private void defaultJavaIs(Path jdk) throws IOException {
        Files.createSymbolicLink(folder.resolve("bin/java"), jdk.resolve("bin/java"));
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + file);
        }
    }
}
