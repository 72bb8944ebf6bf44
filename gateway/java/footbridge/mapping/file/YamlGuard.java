package footbridge.mapping.file;

import footbridge.mapping.Spelling;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/// Refuses what rule files have no use for and what could be used against their reader: anchors and
/// aliases (small files that become huge), tags, a second document, deep nesting (the composer is
/// recursive). Looks at the parser's events, so it needs neither stack nor memory for them.
final class YamlGuard {

    private static final int MAX_DEPTH = 20;

    private final RuleFile file;
    private final LoadSettings settings;
    private boolean passes = true;
    private int depth;
    private int documents;

    YamlGuard(RuleFile file, LoadSettings settings) {
        this.file = file;
        this.settings = settings;
    }

    boolean passes(String text) {
        for (Event event : new Parse(settings).parseString(text)) {
            look(event);
            if (depth > MAX_DEPTH || documents > 1) {
                break;
            }
        }
        return passes;
    }

    private void look(Event event) {
        switch (event) {
            case DocumentStartEvent _ -> countDocument(event);
            case AliasEvent alias ->
                    refuse(
                            event,
                            "'*%s' is an alias; rule files have none, write the value out (text in quotes)"
                                    .formatted(alias.getAlias().getValue()));
            case CollectionStartEvent start -> {
                deeper(event);
                lookAtNode(start, start.getTag());
            }
            case CollectionEndEvent _ -> depth--;
            case ScalarEvent scalar -> lookAtNode(scalar, scalar.getTag());
            default -> {}
        }
    }

    private void countDocument(Event event) {
        if (++documents > 1) {
            refuse(event, "a second document starts here; use a second file");
        }
    }

    private void deeper(Event event) {
        if (++depth > MAX_DEPTH) {
            refuse(event, "nested more than %d deep; no rule needs that".formatted(MAX_DEPTH));
        }
    }

    private void lookAtNode(NodeEvent event, Optional<String> tag) {
        event.getAnchor()
                .ifPresent(anchor ->
                        refuse(
                                event,
                                "'&%s' is an anchor; rule files have none, leave it out"
                                        .formatted(anchor.getValue())));
        tag.ifPresent(t ->
                refuse(
                        event,
                        "%s is a YAML tag; rule files have none, leave it out"
                                .formatted(Spelling.quote(t))));
    }

    private void refuse(Event event, String what) {
        passes = false;
        file.faults().add(Place.at(file.name(), event.getStartMark()), what);
    }
}
