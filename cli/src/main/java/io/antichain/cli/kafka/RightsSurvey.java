package io.antichain.cli.kafka;

import io.antichain.cli.acls.AccessRule;
import io.antichain.cli.doctor.ProgramRights.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks a cluster which rights this login has, and uses none of them: whoever describes a topic or a group is told what else he may
 * do with it. Writing under a transactional id would put out the program that has it, so describing it is all that is tried.
 */
public final class RightsSurvey {
    private final Cluster cluster;

    public RightsSurvey(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Whether anything is denied to anybody: without an authorizer everything is permitted to all. */
    public boolean isAnythingDenied() {
        try (Admin admin = cluster.admin()) {
            return !mayDescribeCluster(admin)
                    || !KafkaAnswer.to(admin.describeAcls(AclBindingFilter.ANY).values())
                            .isFailed(SecurityDisabledException.class);
        }
    }

    /** Asked before what needs it, as brokers log that as an error where it is denied. */
    static boolean mayDescribeCluster(Admin admin) {
        DescribeClusterOptions withOperations = new DescribeClusterOptions().includeAuthorizedOperations(true);
        return KafkaAnswer.to(admin.describeCluster(withOperations).authorizedOperations())
                .value()
                .filter(operations -> operations.contains(AclOperation.DESCRIBE))
                .isPresent();
    }

    /** How it stands with each of these rights. */
    public Map<AccessRule, State> states(List<AccessRule> rules) {
        Map<AccessRule, State> states = new LinkedHashMap<>();
        try (Admin admin = cluster.admin()) {
            rules.forEach(rule -> states.put(rule, state(admin, rule)));
        }
        return states;
    }

    private static State state(Admin admin, AccessRule rule) {
        return switch (rule.resource()) {
            case TOPIC -> ofTopic(admin, rule);
            case GROUP -> ofGroup(admin, rule);
            case TRANSACTIONAL_ID -> {
                String id = rule.name() + (rule.isPrefix() ? "doctor" : "");
                yield KafkaAnswer.to(admin.describeTransactions(List.of(id)).description(id))
                                .isFailed(AuthorizationException.class)
                        ? State.MISSING
                        : State.UNSEEN;
            }
        };
    }

    private static State ofTopic(Admin admin, AccessRule rule) {
        KafkaAnswer<TopicDescription> answer = KafkaAnswer.to(admin.describeTopics(
                        List.of(rule.name()), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues()
                .get(rule.name()));
        if (answer.value().isPresent()) {
            return state(answer.value().get().authorizedOperations(), rule);
        }
        return switch (rule.operation()) {
            // Validated like a topic that is to be created, which it is not.
            case CREATE ->
                tried(admin.createTopics(
                                List.of(new NewTopic(rule.name(), Optional.empty(), Optional.empty())),
                                new CreateTopicsOptions().validateOnly(true))
                        .all());
            case DESCRIBE_CONFIGS ->
                tried(admin.describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, rule.name())))
                        .all());
            // Each of these implies describing.
            case DESCRIBE, READ, WRITE -> answer.isFailed(AuthorizationException.class) ? State.MISSING : State.UNSEEN;
        };
    }

    /** How it stands with a right by what became of using it in a way that changes nothing. */
    private static State tried(KafkaFuture<?> asked) {
        KafkaAnswer<?> answer = KafkaAnswer.to(asked);
        if (answer.isFailed(AuthorizationException.class)) {
            return State.MISSING;
        }
        // Any other refusal comes after that of a right.
        return answer.isFailed(TimeoutException.class) ? State.UNSEEN : State.GRANTED;
    }

    private static State ofGroup(Admin admin, AccessRule rule) {
        KafkaAnswer<ConsumerGroupDescription> answer = KafkaAnswer.to(admin.describeConsumerGroups(
                        List.of(rule.name()), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                .describedGroups()
                .get(rule.name()));
        if (answer.value().isPresent()) {
            return state(answer.value().get().authorizedOperations(), rule);
        }
        if (answer.isFailed(AuthorizationException.class)) {
            return State.MISSING;
        }
        return answer.isFailed(GroupIdNotFoundException.class) && rule.operation() == AccessRule.Operation.DESCRIBE
                ? State.GRANTED
                : State.UNSEEN;
    }

    /** @param permitted null where the broker does not tell */
    private static State state(Set<AclOperation> permitted, AccessRule rule) {
        if (permitted == null) {
            return State.UNSEEN;
        }
        return permitted.contains(AclOperation.valueOf(rule.operation().name())) ? State.GRANTED : State.MISSING;
    }
}
