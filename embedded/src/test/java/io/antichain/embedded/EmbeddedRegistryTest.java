package io.antichain.embedded;

import static io.antichain.embedded.RegistryCalls.withSchema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.antichain.embedded.RegistryCalls.Answer;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(600)
class EmbeddedRegistryTest {

    private static final String ONE_FIELD =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}]}";
    private static final String TWO_FIELDS = "{\"type\":\"record\",\"name\":\"R\",\"fields\":["
            + "{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}]}";
    private static final String FIELD_WITHOUT_DEFAULT = "{\"type\":\"record\",\"name\":\"R\",\"fields\":["
            + "{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"int\"}]}";

    @TempDir
    Path folder;

    private EmbeddedRegistry registry;
    private RegistryCalls calls;

    @BeforeEach
    void start() {
        registry = EmbeddedRegistry.start(folder, 0);
        calls = new RegistryCalls(registry.url());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aVersionIsDeletedOutOfSightAndThenForGood() {
        int first = calls.register("s", ONE_FIELD);
        int second = calls.register("s", TWO_FIELDS);
        assertThat(calls.delete("/subjects/s/versions/2?permanent=true").errorCode())
                .isEqualTo(40407);
        assertThat(calls.delete("/subjects/s/versions/latest").json()).hasToString("2");
        assertThat(calls.get("/subjects/s/versions").json()).hasToString("[1]");
        assertThat(calls.get("/subjects/s/versions/2").errorCode()).isEqualTo(40402);
        assertThat(calls.get("/subjects/s/versions/latest")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        assertThat(calls.delete("/subjects/s/versions/2").errorCode()).isEqualTo(40406);
        assertThat(calls.get("/schemas/ids/" + second).status()).isEqualTo(200);
        assertThat(calls.delete("/subjects/s/versions/2?permanent=true").json()).hasToString("2");
        assertThat(calls.delete("/subjects/s/versions/2").errorCode()).isEqualTo(40402);
        assertThat(calls.register("s", TWO_FIELDS)).isEqualTo(second).isNotEqualTo(first);
        assertThat(calls.get("/subjects/s/versions").json()).hasToString("[1,3]");
    }

    @Test
    void aSubjectIsDeletedAndStaysSoAfterARestart() {
        calls.register("s", ONE_FIELD);
        calls.register("s", TWO_FIELDS);
        assertThat(calls.delete("/subjects/none").errorCode()).isEqualTo(40401);
        assertThat(calls.delete("/subjects/s?permanent=true").errorCode()).isEqualTo(40405);
        assertThat(calls.delete("/subjects/s").json()).hasToString("[1,2]");
        assertThat(calls.delete("/subjects/s").errorCode()).isEqualTo(40404);
        stop();
        start();
        assertThat(calls.get("/subjects").json()).hasToString("[]");
        assertThat(calls.delete("/subjects/s?permanent=true").json()).hasToString("[1,2]");
        assertThat(calls.delete("/subjects/s").errorCode()).isEqualTo(40401);
    }

    @Test
    void aSchemaIsFoundByItsGuid() {
        int id = calls.register("s", ONE_FIELD);
        String guid = calls.get("/subjects/s/versions/1").json().path("guid").asText();
        assertThat(calls.get("/schemas/guids/" + guid).json().path("schema").asText())
                .isEqualTo(ONE_FIELD);
        assertThat(calls.get("/schemas/guids/" + guid + "/ids").json()).hasToString("[{\"id\":" + id + "}]");
        assertThat(calls.get("/schemas/guids/none").errorCode()).isEqualTo(40403);
    }

    @Test
    void registeredSchemaIsFoundByIdSubjectAndVersion() {
        int id = calls.register("s", ONE_FIELD);

        assertThat(calls.get("/schemas/ids/" + id).json().get("schema").asText())
                .isEqualTo(ONE_FIELD);
        assertThat(calls.get("/schemas/ids/" + id + "/schema").json()).hasToString(ONE_FIELD);
        assertThat(calls.get("/subjects").json()).hasToString("[\"s\"]");
        assertThat(calls.get("/subjects/s/versions").json()).hasToString("[1]");
        assertThat(calls.get("/schemas/ids/" + id + "/subjects").json()).hasToString("[\"s\"]");
        Answer version = calls.get("/subjects/s/versions/1");
        assertThat(version.json().get("subject").asText()).isEqualTo("s");
        assertThat(version.json().get("version").asInt()).isEqualTo(1);
        assertThat(version.json().get("id").asInt()).isEqualTo(id);
        assertThat(version.json().get("schema").asText()).isEqualTo(ONE_FIELD);
        assertThat(calls.get("/subjects/s/versions/latest")).isEqualTo(version);
        assertThat(calls.get("/subjects/s/versions/-1")).isEqualTo(version);
        assertThat(calls.get("/subjects/s/versions/1/schema").json()).hasToString(ONE_FIELD);
        assertThat(calls.post("/subjects/s", withSchema(ONE_FIELD))).isEqualTo(version);
    }

    @Test
    void sameSchemaHasOneIdUnderEverySubject() {
        int id = calls.register("s", ONE_FIELD);

        assertThat(calls.register("s", ONE_FIELD.replace(",", " , "))).isEqualTo(id);
        assertThat(calls.register("t", ONE_FIELD)).isEqualTo(id);
        assertThat(calls.get("/subjects/s/versions").json()).hasToString("[1]");
        JsonNode versions = calls.get("/schemas/ids/" + id + "/versions").json();
        assertThat(versions.findValuesAsText("subject")).containsExactly("s", "t");
        assertThat(versions.findValuesAsText("version")).containsExactly("1", "1");
    }

    @Test
    void docsAndDefaultsMakeAnotherSchema() {
        int id = calls.register("s", ONE_FIELD);

        assertThat(calls.register("s", ONE_FIELD.replace("\"name\":\"R\"", "\"name\":\"R\",\"doc\":\"d\"")))
                .isEqualTo(id + 1);
    }

    @Test
    void idsVersionsAndLevelsSurviveARestart() {
        int id = calls.register("s", ONE_FIELD);
        calls.put("/config", "{\"compatibility\":\"FULL\"}");
        calls.put("/config/s", "{\"compatibility\":\"NONE\"}");
        stop();
        start();

        assertThat(calls.get("/schemas/ids/" + id).json().get("schema").asText())
                .isEqualTo(ONE_FIELD);
        assertThat(calls.get("/config").json()).hasToString("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(calls.get("/config/s").json()).hasToString("{\"compatibilityLevel\":\"NONE\"}");
        assertThat(calls.register("s", FIELD_WITHOUT_DEFAULT)).isEqualTo(id + 1);
        assertThat(calls.get("/subjects/s/versions").json()).hasToString("[1,2]");
    }

    @Test
    void concurrentRegistrationsOfOneSchemaGetOneId() {
        assertThat(IntStream.range(0, 32)
                        .parallel()
                        .map(i -> calls.register("s" + i % 4, ONE_FIELD))
                        .distinct()
                        .toArray())
                .hasSize(1);
        assertThat(calls.get("/subjects/s0/versions").json()).hasToString("[1]");
    }

    @Test
    void incompatibleSchemaIsRefusedWith409() {
        calls.register("s", ONE_FIELD);

        Answer refusal = calls.post("/subjects/s/versions", withSchema(FIELD_WITHOUT_DEFAULT));

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.errorCode()).isEqualTo(409);
        assertThat(refusal.json().get("message").asText()).contains("subject=s", "level=BACKWARD");
        assertThat(calls.get("/subjects/s/versions").json()).hasToString("[1]");
    }

    @Test
    void compatibilityIsTestedWithoutRegistering() {
        calls.register("s", ONE_FIELD);
        String test = "/compatibility/subjects/s/versions";

        assertThat(calls.post(test + "/latest", withSchema(TWO_FIELDS)).json()).hasToString("{\"is_compatible\":true}");
        assertThat(calls.post(test + "/1", withSchema(FIELD_WITHOUT_DEFAULT)).json())
                .hasToString("{\"is_compatible\":false}");
        assertThat(calls.post(test, withSchema(FIELD_WITHOUT_DEFAULT)).json()).hasToString("{\"is_compatible\":false}");
        assertThat(calls.post(test + "/1?verbose=true", withSchema(FIELD_WITHOUT_DEFAULT))
                        .json()
                        .get("messages"))
                .isNotEmpty();
        assertThat(calls.post("/compatibility/subjects/new/versions/latest", withSchema(ONE_FIELD))
                        .json())
                .hasToString("{\"is_compatible\":true}");
        assertThat(calls.get("/subjects/s/versions").json()).hasToString("[1]");
    }

    @Test
    void subjectWithoutALevelOfItsOwnHasTheDefault() {
        assertThat(calls.get("/config").json()).hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(calls.get("/config/s").errorCode()).isEqualTo(40408);
        assertThat(calls.get("/config/s?defaultToGlobal=true").json())
                .hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(calls.put("/config/s", "{\"compatibility\":\"FORWARD\"}").json())
                .hasToString("{\"compatibility\":\"FORWARD\"}");
        assertThat(calls.get("/config/s").json()).hasToString("{\"compatibilityLevel\":\"FORWARD\"}");
    }

    @Test
    void serviceCallsAnswer() {
        assertThat(calls.get("/").json()).hasToString("{}");
        assertThat(calls.get("/mode").json()).hasToString("{\"mode\":\"READWRITE\"}");
        assertThat(calls.get("/schemas/types").json()).hasToString("[\"AVRO\"]");
        assertThat(calls.get("/subjects").json()).hasToString("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "/schemas/ids/99, 404, 40403",
        "/schemas/ids/99/versions, 404, 40403",
        "/schemas/ids/x, 404, 40403",
        "/subjects/unknown/versions, 404, 40401",
        "/subjects/unknown/versions/1, 404, 40401",
        "/subjects/s/versions/2, 404, 40402",
        "/subjects/s/versions/0, 422, 42202",
        "/subjects/s/versions/first, 422, 42202",
        "/nowhere, 404, 404"
    })
    void readingWhatIsNotThereGivesConfluentsCode(String path, int status, int code) {
        calls.register("s", ONE_FIELD);

        Answer answer = calls.get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(answer.json().get("message").asText()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/subjects/s/versions | {\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"} | 422 | 42201",
                "/subjects/s/versions | {\"schema\":\"not json\"} | 422 | 42201",
                "/subjects/s/versions | {\"schema\":\"\"} | 422 | 42201",
                "/subjects/s/versions | {} | 422 | 42201",
                "/subjects/s/versions | {\"schema\":\"x\",\"schemaType\":\"PROTOBUF\"} | 422 | 42201",
                "/subjects/s/versions | {\"schema\":\"x\",\"references\":[{\"name\":\"n\"}]} | 422 | 42201",
                "/subjects/s/versions | {\"schema\":\"\\\"int\\\"\",\"id\":7} | 422 | 42205",
                "/subjects/%07/versions | {\"schema\":\"\\\"int\\\"\"} | 422 | 42208",
                "/subjects/s/versions | {\"schema\": | 400 | 400",
                "/subjects/s/versions | [] | 400 | 400",
                "/subjects/unknown | {\"schema\":\"\\\"int\\\"\"} | 404 | 40401",
                "/subjects/known | {\"schema\":\"\\\"int\\\"\"} | 404 | 40403",
                "/compatibility/subjects/unknown/versions/1 | {\"schema\":\"\\\"int\\\"\"} | 404 | 40401",
                "/compatibility/subjects/known/versions/2 | {\"schema\":\"\\\"int\\\"\"} | 404 | 40402",
            })
    void sendingWhatCannotBeTakenGivesConfluentsCode(String path, String body, int status, int code) {
        calls.register("known", ONE_FIELD);

        Answer answer = calls.post(path, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(code);
    }

    @Test
    void unknownLevelIsRefusedWith42203() {
        Answer answer = calls.put("/config", "{\"compatibility\":\"SIDEWAYS\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errorCode()).isEqualTo(42203);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json",
        "application/vnd.schemaregistry.v1+json, application/vnd.schemaregistry.v1+json",
        "'application/vnd.schemaregistry.v1+json, application/json', application/vnd.schemaregistry.v1+json",
        "*/*, application/vnd.schemaregistry.v1+json"
    })
    void answerHasTheContentTypeThatTheClientAccepts(String accepted, String contentType) {
        Answer answer =
                calls.send(calls.request("/subjects").header("Accept", accepted).build());

        assertThat(answer.contentType()).startsWith(contentType);
    }

    @Test
    void takenPortIsReportedBeforeAnythingIsWritten() throws Exception {
        Path untouched = folder.resolve("registry");
        try (LoopbackSocket taken = LoopbackSocket.bind(0)) {
            int port = taken.port();

            assertThatThrownBy(() -> EmbeddedRegistry.start(untouched, port))
                    .isInstanceOfSatisfying(
                            PortTakenException.class, e -> assertThat(e.port()).isEqualTo(port));
        }
        assertThat(untouched).doesNotExist();
    }

    @Test
    void folderOfARunningRegistryIsRefused() {
        assertThatThrownBy(() -> EmbeddedRegistry.start(folder, 0))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("Another registry uses this folder");
    }
}
