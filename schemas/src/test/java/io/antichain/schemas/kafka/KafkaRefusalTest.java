package io.antichain.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaRefusalTest {
    private static final Map<String, String> CLIENT = Map.of("bootstrap.servers", "kafka:9093");

    @Test
    void aClockThatIsOffIsToldFromACertificateThatNobodyTrusts() {
        for (Exception cause : new Exception[] {
            new CertificateExpiredException("NotAfter: Sat Nov 28"),
            new CertificateNotYetValidException("NotBefore: Sat Nov 28")
        }) {
            assertThat(KafkaRefusal.sentence(new SslAuthenticationException("SSL handshake failed", cause), CLIENT))
                    .hasValueSatisfying(sentence -> assertThat(sentence)
                            .contains("not valid at the time of this machine: time=20")
                            .contains("bootstrap.servers=kafka:9093", "reason=" + cause.getMessage())
                            .contains("set the machine's clock"));
        }
    }

    @Test
    void eachMissingRightNamesTheThing() {
        assertThat(KafkaRefusal.sentence(new TopicAuthorizationException(Set.of("events")), CLIENT))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("topic=events", "'antichain acls'"));
        assertThat(KafkaRefusal.sentence(GroupAuthorizationException.forGroupId("g"), CLIENT))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("group=g"));
        assertThat(KafkaRefusal.sentence(new TransactionalIdAuthorizationException("not yours"), CLIENT))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("transactional id", "not yours"));
        assertThat(KafkaRefusal.sentence(new ClusterAuthorizationException("no"), CLIENT))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("on the cluster"));
    }

    @Test
    void theCauseIsLookedAtToo() {
        Throwable wrapped =
                new KafkaException(new ExecutionException(new TopicAuthorizationException(Set.of("events"))));

        assertThat(KafkaRefusal.sentence(wrapped, CLIENT)).isPresent();
    }

    @Test
    void whatIsNoRefusalIsLeftToOthers() {
        assertThat(KafkaRefusal.sentence(new TimeoutException("slow"), CLIENT)).isEmpty();
    }

    @Test
    void whatTheAdministratorLeavesOutIsPutIn() {
        Throwable nameless = new TopicAuthorizationException("Topic authorization failed.");

        assertThat(KafkaRefusal.sentence(KafkaRefusal.named(nameless, "events"), CLIENT))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("topic=events"));
        assertThat(KafkaRefusal.named(new TopicAuthorizationException(Set.of("a")), "b"))
                .hasMessageContaining("[a]");
    }
}
