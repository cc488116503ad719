package io.antichain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.schemas.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(500)
class BrokerOutageTest {
    @Test
    void whileTheBrokerIsAwayANodeAnswers503WithAReasonAndThenRecoversByItself(@TempDir Path folder) throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            Topics topics = cluster.topics("away", 1);
            try (Node node = Node.start(cluster.settings("node-1", topics)).awaitReady()) {
                NodeCalls calls = new NodeCalls(node.port());
                calls.publish("before");
                cluster.stopBroker();

                HttpResponse<String> lost = calls.post("/messages", "{\"payload\":\"lost\"}");
                await().atMost(Duration.ofMinutes(3))
                        .until(() -> calls.get("/health/ready").statusCode() == 503);
                HttpResponse<String> refused = calls.post("/messages", "{\"payload\":\"refused\"}");

                assertThat(lost.statusCode()).isEqualTo(503);
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(NodeCalls.json(refused).get("detail").asText())
                        .contains("A node publishes once it has recovered and joined")
                        .contains("send again later");
                cluster.startBroker();
                await().atMost(Duration.ofMinutes(3))
                        .until(() -> calls.get("/health/ready").statusCode() == 200);
                assertThat(calls.publish("after").get("dot").asText()).isEqualTo("node-1:2");
            }
        }
    }

    @Test
    void aNodeThatStartsBeforeTheBrokerWaitsForItAndIsReadyOnceItIsThere(@TempDir Path folder) throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            Topics topics = cluster.topics("early", 1);
            cluster.stopBroker();
            try (Node node = Node.start(cluster.settings("node-1", topics))) {
                NodeCalls calls = new NodeCalls(node.port());
                await().atMost(Duration.ofMinutes(3))
                        .until(() -> calls.get("/health/ready").body().contains("look whether both run there"));

                cluster.startBroker();

                node.awaitReady();
                assertThat(calls.publish("a").get("dot").asText()).isEqualTo("node-1:1");
            }
        }
    }
}
