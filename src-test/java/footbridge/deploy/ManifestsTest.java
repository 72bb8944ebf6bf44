package footbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import footbridge.backend.Backend;
import footbridge.mapping.Mappings;
import footbridge.mapping.file.RuleFolder;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The chart, by Helm itself, and what it renders, by the models of Kubernetes' own API, which know
/// no unknown field. `-Ddeploy.render=true` writes the plain manifests anew.
class ManifestsTest {

    private static final Path CHART = Path.of("deploy", "helm", "footbridge");
    private static final Path VALUES = Path.of("deploy", "kubernetes", "values.yaml");
    private static final Path MANIFESTS = Path.of("deploy", "kubernetes", "footbridge.yaml");

    /// Not of Kubernetes itself.
    private static final String MONITOR = "ServiceMonitor";

    @TempDir private Path folder;

    @Test
    void helmFindsNoFault() {
        LintResult result = new Helm(CHART).lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @Test
    void thePlainManifestsAreThoseOfTheChart() throws Exception {
        String rendered = render(VALUES);
        if (Boolean.getBoolean("deploy.render")) {
            Files.writeString(MANIFESTS, rendered);
        }

        assertThat(Files.readString(MANIFESTS)).isEqualTo(rendered);
    }

    @Test
    void everythingIsThere() throws Exception {
        Set<String> kinds = new TreeSet<>();
        documents(render(VALUES)).forEach(document -> kinds.add((String) document.get("kind")));

        assertThat(kinds)
                .containsExactly(
                        "ConfigMap",
                        "Deployment",
                        "HorizontalPodAutoscaler",
                        "Ingress",
                        "NetworkPolicy",
                        "PodDisruptionBudget",
                        "Secret",
                        "Service",
                        MONITOR);
    }

    @Test
    void kubernetesKnowsEveryField() throws Exception {
        for (String rendered : List.of(render(VALUES), render(nothingGiven()), haProxy())) {
            for (Map<String, Object> document : documents(rendered)) {
                if (!MONITOR.equals(document.get("kind"))) {
                    validate(document);
                }
            }
        }
    }

    @Test
    void aFieldThatIsNoneIsFound() {
        Map<String, Object> wrong =
                Map.of("kind", "Service", "apiVersion", "v1", "spec", Map.of("prots", List.of()));

        assertThatThrownBy(() -> validate(wrong)).hasMessageContaining("prots");
    }

    @Test
    void theRulesOfTheExampleAreRules() throws Exception {
        for (Map<String, Object> document : documents(render(VALUES))) {
            if (document.get("data") instanceof Map<?, ?> files
                    && files.containsKey("orders.yaml")) {
                for (Map.Entry<?, ?> file : files.entrySet()) {
                    Files.writeString(
                            folder.resolve((String) file.getKey()), (String) file.getValue());
                }
            }
        }
        Mappings mappings =
                RuleFolder.load(
                        folder, Map.of("artemis", Backend.Kind.JMS, "kafka", Backend.Kind.KAFKA));

        assertThat(mappings.rules()).hasSize(2);
    }

    private static String render(Path values) {
        return new Helm(CHART).template().withName("footbridge").withValuesFile(values).call();
    }

    private static String haProxy() {
        return new Helm(CHART)
                .template()
                .withName("footbridge")
                .withValuesFile(VALUES)
                .set("ingress.class", "haproxy")
                .set("javaOptions", "-XX:MaxRAMPercentage=50")
                .call();
    }

    private Path nothingGiven() throws Exception {
        return Files.writeString(folder.resolve("values.yaml"), "{}");
    }

    private static List<Map<String, Object>> documents(String rendered) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document :
                new Load(LoadSettings.builder().build()).loadAllFromString(rendered)) {
            if (document instanceof Map<?, ?> fields) {
                documents.add(named(fields));
            }
        }
        return documents;
    }

    private static Map<String, Object> named(Map<?, ?> fields) {
        Map<String, Object> named = new LinkedHashMap<>();
        fields.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }

    private static void validate(Map<String, Object> document) throws Exception {
        String[] api = String.valueOf(document.get("apiVersion")).split("/", -1);
        String version = api[api.length - 1];
        String model =
                "io.kubernetes.client.openapi.models."
                        + version.substring(0, 1).toUpperCase(Locale.ROOT)
                        + version.substring(1)
                        + document.get("kind");
        JsonElement json = new Gson().toJsonTree(document);
        try {
            Class.forName(model)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, json);
        } catch (InvocationTargetException e) {
            throw new AssertionError(document.get("kind") + ": " + e.getCause(), e);
        }
    }
}
