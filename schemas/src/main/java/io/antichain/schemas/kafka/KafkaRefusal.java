package io.antichain.schemas.kafka;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** A broker that is there and refuses: the login, the certificate, or a right. Waiting does not help, a setting does. */
public final class KafkaRefusal {
    private static final String RIGHTS = "; 'antichain acls' prints the rights that each program needs";

    private KafkaRefusal() {}

    /**
     * What was refused and which setting to correct, as a sentence without its full stop; empty for another failure.
     *
     * @param failure what a client threw; its causes are looked at too
     * @param client the settings of the client, as far as they are known
     */
    public static Optional<String> sentence(Throwable failure, Map<String, ?> client) {
        Throwable above = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<String> sentence = ofOne(cause, above, client);
            if (sentence.isPresent()) {
                return sentence;
            }
            above = cause;
        }
        return Optional.empty();
    }

    /**
     * The same failure with the name of what was asked for, which Kafka's administrator leaves out.
     *
     * @param name of the topic or group
     */
    public static Throwable named(Throwable failure, String name) {
        if (failure instanceof TopicAuthorizationException topic
                && topic.unauthorizedTopics().isEmpty()) {
            return new TopicAuthorizationException(Set.of(name));
        }
        return failure instanceof GroupAuthorizationException group && group.groupId() == null
                ? GroupAuthorizationException.forGroupId(name)
                : failure;
    }

    /** @param above what it is the cause of, or itself */
    private static Optional<String> ofOne(Throwable failure, Throwable above, Map<String, ?> client) {
        if (failure instanceof UnsupportedSaslMechanismException || failure instanceof IllegalSaslStateException) {
            return Optional.of(told(
                    "The broker does not offer this way to log in",
                    client,
                    List.of("bootstrap.servers", "security.protocol", "sasl.mechanism"),
                    failure,
                    "correct sasl.mechanism or security.protocol"));
        }
        if (failure instanceof SaslAuthenticationException) {
            return Optional.of(told(
                    "The broker refused the login",
                    client,
                    List.of("bootstrap.servers", "sasl.mechanism"),
                    failure,
                    "correct user and password in sasl.jaas.config"));
        }
        if (failure instanceof SslAuthenticationException) {
            return Optional.of(ofTls(failure, client));
        }
        return failure instanceof AuthorizationException ? ofRight(failure, above, client) : Optional.empty();
    }

    private static String ofTls(Throwable failure, Map<String, ?> client) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return told(
                        "The broker's certificate is not valid at the time of this machine: time=" + Instant.now(),
                        client,
                        List.of("bootstrap.servers"),
                        cause,
                        "set the machine's clock, or renew the certificate");
            }
        }
        return told(
                "TLS with the broker did not come about",
                client,
                List.of("bootstrap.servers", "ssl.truststore.location"),
                root(failure),
                "name the authority of the broker's certificate in ssl.truststore.location or"
                        + " ssl.truststore.certificates, and the broker by a name that its certificate has; where the broker"
                        + " asks for one, name your own in ssl.keystore.location");
    }

    private static Optional<String> ofRight(Throwable failure, Throwable above, Map<String, ?> client) {
        if (failure instanceof TopicAuthorizationException topic) {
            // Where Kafka leaves out which one, what wraps it says so.
            return Optional.of("The broker does not permit this on the topic: "
                    + (topic.unauthorizedTopics().isEmpty()
                            ? "reason=" + above.getMessage()
                            : "topic=" + String.join(",", topic.unauthorizedTopics()))
                    + RIGHTS);
        }
        if (failure instanceof GroupAuthorizationException group) {
            return Optional.of(
                    "The broker does not permit this on the consumer group: group=" + group.groupId() + RIGHTS);
        }
        if (failure instanceof TransactionalIdAuthorizationException) {
            Object id = client.get("transactional.id");
            return Optional.of("The broker does not permit this user the transactional id: "
                    + (id == null ? "" : "transactional.id=" + id + ", ") + "reason=" + failure.getMessage() + RIGHTS);
        }
        return failure instanceof ClusterAuthorizationException
                ? Optional.of("The broker does not permit this on the cluster: reason=" + failure.getMessage() + RIGHTS)
                : Optional.empty();
    }

    private static String told(
            String what, Map<String, ?> client, List<String> settings, Throwable reason, String advice) {
        List<String> values = new ArrayList<>();
        for (String setting : settings) {
            if (client.get(setting) != null) {
                values.add(setting + "=" + client.get(setting));
            }
        }
        values.add("reason=" + reason.getMessage());
        return what + (what.contains("=") ? ", " : ": ") + String.join(", ", values) + "; " + advice;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
