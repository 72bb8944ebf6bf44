package footbridge.mapping.file;

import footbridge.mapping.BrokerNames;
import footbridge.mapping.MappedRule;
import footbridge.mapping.Terms;
import footbridge.mapping.file.Fields.Keys;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the rule files of a folder as one set.
public final class FolderReader {

    public static final int MAX_FILES = 1_000;
    public static final int MAX_RULES = 10_000;

    private static final Keys FILE = new Keys(List.of("defaults", "rules"), List.of());
    private static final Keys DEFAULTS = new Keys(TermsReader.KEYS, List.of());

    private final Path folder;
    private final RuleFolder source;
    private final BrokerNames names;
    private final Faults faults = new Faults();
    private final Ties ties = new Ties(faults);
    private final List<MappedRule> rules = new ArrayList<>();
    private int count;

    FolderReader(Path folder, BrokerNames names) {
        this.folder = folder;
        this.source = new RuleFolder(folder);
        this.names = names;
    }

    /// The rules in the order of files and lines.
    List<MappedRule> read() throws InvalidMapping {
        files().forEach(this::readFile);
        faults.throwIfAny();
        return List.copyOf(rules);
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return none("is not a folder; the rule files (*.yaml) belong in one");
        }
        try {
            List<Path> files = source.files();
            if (files.isEmpty()) {
                return none("has no rule file; put at least one *.yaml there");
            }
            return files.size() > MAX_FILES
                    ? none("has more than 1,000 rule files; merge some")
                    : files;
        } catch (FileSystemLoopException _) {
            return none("has links that lead in a circle; take one out");
        } catch (IOException e) {
            return none("cannot be read (%s)".formatted(e.getClass().getSimpleName()));
        }
    }

    private List<Path> none(String why) {
        faults.add(Place.whole(folder.toString()), why);
        return List.of();
    }

    private void readFile(Path path) {
        RuleFile file = new RuleFile(source.name(path), faults);
        Optional<Node> root = new YamlSource(file).read(path);
        root.flatMap(node -> Fields.of(node, "a rule file must be a mapping", FILE, file))
                .ifPresent(fields -> readRules(file, fields));
    }

    private void readRules(RuleFile file, Fields fields) {
        Terms defaults =
                fields.get("defaults").map(node -> defaults(file, node)).orElse(Terms.BUILT_IN);
        Optional<Node> list = fields.get("rules");
        if (list.isEmpty()) {
            fields.lacks("the file has no 'rules'; add the list of them", file);
            return;
        }
        List<Node> entries =
                file.list(
                                list.get(),
                                "'rules'",
                                "'- destination: /queue/a', one entry for each rule")
                        .orElse(List.of());
        RuleReader reader = new RuleReader(file, names);
        for (Node entry : entries) {
            if (++count > MAX_RULES) {
                file.fault(entry, "more than 10,000 rules; use variables to say more with fewer");
                return;
            }
            reader.read(entry, defaults).ifPresent(this::keep);
        }
    }

    private static Terms defaults(RuleFile file, Node node) {
        Optional<Fields> fields = Fields.of(node, "'defaults' must be a mapping", DEFAULTS, file);
        if (fields.isEmpty()) {
            return Terms.BUILT_IN;
        }
        fields.get()
                .get("subscribe")
                .filter(RuleFile::isNone)
                .ifPresent(none -> file.fault(none, "'subscribe: none' belongs in a rule"));
        return new TermsReader(file).read(fields.get(), Terms.BUILT_IN, Optional.of(List.of()));
    }

    private void keep(RuleReader.Draft draft) {
        ties.add(draft);
        draft.rule().ifPresent(rule -> rules.add(new MappedRule(rule, draft.destination())));
    }
}
