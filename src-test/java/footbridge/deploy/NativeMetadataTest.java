package footbridge.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import footbridge.portable.PortableBackend;
import java.io.IOException;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import net.jpountz.lz4.LZ4Factory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.logs.BundleFactory;
import org.junit.jupiter.api.Test;

/// What a native executable has to be told beforehand, as far as it can be known without building
/// one: what libraries find by name, and what we do ourselves. What Quarkus registers is its own
/// affair.
class NativeMetadataTest {

    private static final Path METADATA =
            Path.of(
                    "gateway/resources/META-INF/native-image/footbridge/footbridge/reachability-metadata.json");

    @Test
    void everythingNamedIsThere() throws Exception {
        for (JsonObject entry : entries()) {
            Class<?> type = Class.forName(name(entry), false, getClass().getClassLoader());
            for (String field : members(entry, "fields")) {
                assertThat(type.getDeclaredField(field)).isNotNull();
            }
        }
    }

    /// `BundleFactory` loads the class with `_impl` behind the name of each interface.
    @Test
    void theMessageBundlesOfArtemisAreKnown() throws Exception {
        Set<String> bundles = new TreeSet<>();
        for (Class<?> in : List.of(BundleFactory.class, ServerLocator.class)) {
            classes(in).keySet().stream().filter(n -> n.endsWith("_impl")).forEach(bundles::add);
        }

        assertThat(bundles).isNotEmpty();
        assertThat(known()).containsAll(bundles);
    }

    /// Its factories build the names of classes from parts, and read their `INSTANCE`.
    @Test
    void theImplementationsOfLz4AreKnown() throws Exception {
        Set<String> implementations =
                classes(LZ4Factory.class).entrySet().stream()
                        .filter(each ->
                                each.getValue().fields().stream()
                                        .anyMatch(f -> f.fieldName().equalsString("INSTANCE")))
                        .map(Map.Entry::getKey)
                        .filter(each -> !each.endsWith("Factory") || each.contains("$"))
                        .collect(toSet());

        assertThat(implementations).isNotEmpty();
        assertThat(known()).containsAll(implementations);
    }

    /// Its library writes to fields of the objects whose native methods are called.
    @Test
    void theFieldsThatZstdsLibraryWritesAreKnown() throws Exception {
        Map<String, Set<String>> known = new TreeMap<>();
        entries().forEach(entry -> known.put(name(entry), new TreeSet<>(members(entry, "fields"))));
        Map<String, ClassModel> all = classes(Class.forName("com.github.luben.zstd.Zstd"));
        long natives =
                all.entrySet().stream()
                        .filter(each -> hasNatives(each.getValue()))
                        .filter(each -> !numbers(each.getValue()).isEmpty())
                        .peek(each ->
                                assertThat(known)
                                        .containsEntry(each.getKey(), numbers(each.getValue())))
                        .count();

        assertThat(natives).isPositive();
    }

    @Test
    void theServicesThatWeOfferAreKnown() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("gateway/resources/META-INF/services"))) {
            for (Path file : files.toList()) {
                assertThat(known()).containsAll(Files.readAllLines(file));
                assertThat(Files.readString(METADATA)).contains(file.getFileName().toString());
            }
        }
    }

    /// Other JMS providers and drivers of databases are loaded from jars, which a native executable
    /// cannot do.
    @Test
    void nothingElseOfOursUsesReflection() {
        JavaClasses ours =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("footbridge");
        ArchRule rule =
                noClasses()
                        .that()
                        .resideOutsideOfPackage(PortableBackend.class.getPackageName() + "..")
                        .and()
                        .haveSimpleNameNotStartingWith("DatabaseUsers")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("java.lang.reflect..")
                        .orShould()
                        .callMethod(Class.class, "forName", String.class)
                        .orShould()
                        .dependOnClassesThat()
                        .belongToAnyOf(ServiceLoader.class);

        rule.check(ours);
    }

    private static boolean hasNatives(ClassModel model) {
        return model.methods().stream().anyMatch(each -> each.flags().has(AccessFlag.NATIVE));
    }

    private static Set<String> numbers(ClassModel model) {
        return model.fields().stream()
                .filter(each -> !isStatic(each.flags()))
                .filter(each -> each.fieldType().stringValue().matches("[JI]"))
                .map(each -> each.fieldName().stringValue())
                .collect(toCollection(TreeSet::new));
    }

    private static boolean isStatic(AccessFlags flags) {
        return flags.has(AccessFlag.STATIC);
    }

    /// Every class of the jar that has `member`, by name.
    private static Map<String, ClassModel> classes(Class<?> member) throws Exception {
        URI place = member.getProtectionDomain().getCodeSource().getLocation().toURI();
        Map<String, ClassModel> classes = new TreeMap<>();
        try (JarFile jar = new JarFile(Path.of(place).toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                String file = entry.getName();
                if (file.endsWith(".class") && !file.startsWith("META-INF")) {
                    String name = file.substring(0, file.length() - 6).replace('/', '.');
                    try (var in = jar.getInputStream(entry)) {
                        classes.put(name, ClassFile.of().parse(in.readAllBytes()));
                    }
                }
            }
        }
        return classes;
    }

    private static Set<String> known() throws IOException {
        return entries().stream().map(NativeMetadataTest::name).collect(toSet());
    }

    private static List<JsonObject> entries() throws IOException {
        JsonObject all = JsonParser.parseString(Files.readString(METADATA)).getAsJsonObject();
        return all.getAsJsonArray("reflection").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static String name(JsonObject entry) {
        return entry.get("type").getAsString();
    }

    private static List<String> members(JsonObject entry, String kind) {
        JsonArray members = entry.has(kind) ? entry.getAsJsonArray(kind) : new JsonArray();
        return members.asList().stream()
                .map(each -> each.getAsJsonObject().get("name").getAsString())
                .toList();
    }
}
