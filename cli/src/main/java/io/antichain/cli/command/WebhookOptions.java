package io.antichain.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.export.ConflictJson;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.ConflictFeed;
import io.antichain.cli.webhook.Webhook;
import io.antichain.schemas.Conflict;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The flags that have conflict records sent to another program as they come. */
final class WebhookOptions {
    private static final int SENTENCES = 10;

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description =
                    "with --follow: send new records there as JSON by POST, up to 100 at once, instead of printing "
                            + "them, and again until it answers 2xx; a restart goes on where it was")
    private String address;

    @Option(
            names = "--webhook-interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "shortest time between two such calls (default: ${DEFAULT-VALUE})")
    private int intervalSeconds;

    @Option(
            names = "--webhook-group",
            paramLabel = "GROUP",
            description = "consumer group that remembers what was sent (default: webhook, behind the --topic-prefix)")
    private String group;

    boolean isGiven() {
        return address != null;
    }

    /** Sends what matches, for as long as the program runs. */
    void follow(Cluster cluster, ConflictFilterOptions.Filter filter, Consumer<String> trouble)
            throws InterruptedException {
        Webhook webhook = webhook(trouble);
        ConflictReport report = new ConflictReport(cluster.topics());
        new ConflictFeed(cluster, group == null ? cluster.topics().prefix() + "webhook" : group)
                .follow(
                        conflicts -> {
                            List<Conflict> meant = conflicts.stream()
                                    .filter(dated -> filter.matches(dated.conflict(), dated.logTimeMs()))
                                    .map(ConflictFeed.Dated::conflict)
                                    .toList();
                            if (!meant.isEmpty()) {
                                webhook.tell(json(meant, report).toString());
                            }
                        },
                        () -> false);
    }

    private Webhook webhook(Consumer<String> trouble) {
        AnalyzerLimitOptions.requirePositive("--webhook-interval", intervalSeconds);
        try {
            return new Webhook(address, Duration.ofSeconds(intervalSeconds), trouble);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "The webhook is not an HTTP address: webhook=" + address + "; write it as in https://host/path",
                    e);
        }
    }

    /** Chat programs show the text, others take the records. */
    private static ObjectNode json(List<Conflict> conflicts, ConflictReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        String sentences = conflicts.stream().limit(SENTENCES).map(report::text).collect(Collectors.joining("\n"));
        json.put(
                "text",
                conflicts.size() <= SENTENCES
                        ? sentences
                        : sentences + "\n… and " + (conflicts.size() - SENTENCES) + " more");
        ArrayNode all = json.putArray("conflicts");
        conflicts.forEach(conflict -> all.add(ConflictJson.of(conflict)));
        return json;
    }
}
