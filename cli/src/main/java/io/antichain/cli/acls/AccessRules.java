package io.antichain.cli.acls;

import io.antichain.analyzer.restore.StateStore;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.cli.acls.AccessRule.Operation;
import io.antichain.cli.acls.AccessRule.Resource;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rights of the programs that work on one set of topics: enough for each, and none too many. Reading or writing implies
 * describing, for Kafka's authorizer.
 */
public final class AccessRules {
    private final Topics topics;
    private final Set<String> sources;
    private final Scope scope;
    private final boolean areBroughtTogether;

    /**
     * @param sources the topics that the analyzer reads
     * @param scope its scope
     * @param partitions how many partitions each of them has, 1 or more
     */
    public AccessRules(Topics topics, List<String> sources, Scope scope, int partitions) {
        this.topics = topics;
        this.sources = new LinkedHashSet<>(sources);
        this.scope = scope;
        this.areBroughtTogether =
                !AnalyzerSettings.seesAll(scope, Collections.nCopies(this.sources.size(), partitions));
    }

    /** Those of the node with this process name. */
    public List<AccessRule> ofNode(String process, String principal) {
        Rules rules = new Rules(principal);
        rules.add(
                Operation.WRITE,
                Resource.TRANSACTIONAL_ID,
                topics.prefix() + process,
                "publish as " + process + ", as nobody else then can");
        rules.add(Operation.WRITE, Resource.TOPIC, topics.events(), "publish messages");
        rules.add(Operation.READ, Resource.TOPIC, topics.events(), "deliver the others' messages");
        rules.add(Operation.WRITE, Resource.TOPIC, topics.clocks(), "keep its clock");
        rules.add(Operation.READ, Resource.TOPIC, topics.clocks(), "find its clock again at a start");
        return rules.all;
    }

    /** Those of each instance of the analyzer. */
    public List<AccessRule> ofAnalyzer(String principal) {
        String application = AnalyzerSettings.applicationId(topics, scope);
        Rules rules = new Rules(principal);
        sources.forEach(source -> rules.add(Operation.READ, Resource.TOPIC, source, "read events"));
        if (areBroughtTogether) {
            rules.add(Operation.WRITE, Resource.TOPIC, topics.order(scope), "bring topics and partitions together");
            rules.add(Operation.READ, Resource.TOPIC, topics.order(scope), "judge what was brought together");
        }
        for (String found : List.of(topics.conflicts(), topics.anomalies(), topics.deadLetters())) {
            rules.add(Operation.WRITE, Resource.TOPIC, found, "write what it finds");
            rules.add(Operation.READ, Resource.TOPIC, found, "show what it found");
        }
        String state = application + "-" + StateStore.NAME + "-changelog";
        rules.add(Operation.CREATE, Resource.TOPIC, state, "make the topic of its state at the first start");
        rules.add(Operation.WRITE, Resource.TOPIC, state, "keep its state");
        rules.add(Operation.READ, Resource.TOPIC, state, "find its state again at a start");
        rules.add(Operation.READ, Resource.GROUP, application, "share partitions, and keep how far it has read");
        rules.addPrefixed(
                Operation.WRITE, Resource.TRANSACTIONAL_ID, application + "-", "commit findings and progress together");
        return rules.all;
    }

    /**
     * Those of who runs conflicts, explain, verify, doctor and analyze --topics.
     *
     * @param webhookGroup the consumer group of conflicts --webhook, where that is run too
     */
    public List<AccessRule> ofReader(String principal, Optional<String> webhookGroup) {
        Rules rules = new Rules(principal);
        sources.forEach(source -> {
            rules.add(Operation.READ, Resource.TOPIC, source, "verify, explain, analyze");
            rules.add(Operation.DESCRIBE_CONFIGS, Resource.TOPIC, source, "doctor: retention and compaction");
        });
        if (areBroughtTogether) {
            rules.add(Operation.READ, Resource.TOPIC, topics.order(scope), "verify: the order of arrival");
        }
        rules.add(Operation.READ, Resource.TOPIC, topics.conflicts(), "conflicts, verify");
        rules.add(Operation.READ, Resource.TOPIC, topics.anomalies(), "verify: what was refused");
        rules.add(Operation.READ, Resource.TOPIC, topics.deadLetters(), "verify: what could not be read");
        rules.add(
                Operation.DESCRIBE,
                Resource.GROUP,
                AnalyzerSettings.applicationId(topics, scope),
                "verify: how far the analyzer is");
        webhookGroup.ifPresent(
                group -> rules.add(Operation.READ, Resource.GROUP, group, "conflicts --webhook: what was sent"));
        return rules.all;
    }

    private static final class Rules {
        private final String principal;
        private final List<AccessRule> all = new ArrayList<>();

        Rules(String principal) {
            this.principal = principal;
        }

        void add(Operation operation, Resource resource, String name, String purpose) {
            all.add(new AccessRule(principal, operation, resource, name, false, purpose));
        }

        void addPrefixed(Operation operation, Resource resource, String prefix, String purpose) {
            all.add(new AccessRule(principal, operation, resource, prefix, true, purpose));
        }
    }
}
