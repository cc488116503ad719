package io.antichain.embedded.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.embedded.registry.RegistryChange.SchemaRegistered;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of Confluent's Schema Registry REST API, as far as producers, consumers and their tools make them. */
public final class RegistryRoutes {

    private static final Logger log = LoggerFactory.getLogger(RegistryRoutes.class);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REGISTRY_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final String PLAIN_TYPE = "application/json";

    private final DurableSchemas schemas;

    public RegistryRoutes(DurableSchemas schemas) {
        this.schemas = schemas;
    }

    /** Adds every call, and the form of every error. */
    public void addTo(RoutesConfig routes) {
        routes.get("/", ctx -> answer(ctx, Map.of()));
        routes.get("/mode", ctx -> answer(ctx, Map.of("mode", "READWRITE")));
        routes.get("/schemas/types", ctx -> answer(ctx, List.of("AVRO")));
        routes.get("/schemas/ids/{id}", ctx -> answer(ctx, withGuid(text(ctx))));
        routes.get("/schemas/ids/{id}/schema", ctx -> answerJson(ctx, text(ctx)));
        routes.get("/schemas/ids/{id}/subjects", ctx -> answerVersions(ctx, SchemaRegistered::subject));
        routes.get(
                "/schemas/ids/{id}/versions",
                ctx -> answerVersions(ctx, v -> Map.of("subject", v.subject(), "version", v.version())));

        routes.get("/schemas/guids/{guid}", ctx -> answer(ctx, withGuid(textOfGuid(ctx))));
        routes.get("/schemas/guids/{guid}/ids", ctx -> answer(ctx, List.of(Map.of("id", idOfGuid(ctx)))));

        routes.delete("/subjects/{subject}", ctx -> answer(ctx, deleted(ctx, Optional.empty())));
        routes.delete("/subjects/{subject}/versions/{version}", this::deleteVersion);
        routes.get("/subjects", ctx -> answer(ctx, schemas.ask(RegisteredSchemas::subjects)));
        routes.post("/subjects/{subject}", ctx -> answer(ctx, described(lookedUp(ctx))));
        routes.get("/subjects/{subject}/versions", this::versions);
        routes.post("/subjects/{subject}/versions", this::register);
        routes.get("/subjects/{subject}/versions/{version}", ctx -> answer(ctx, described(asked(ctx))));
        routes.get(
                "/subjects/{subject}/versions/{version}/schema",
                ctx -> answerJson(ctx, asked(ctx).schema()));
        CompatibilityRoutes compatibility = new CompatibilityRoutes(schemas);
        compatibility.addTo(routes);

        routes.exception(RegistryRefusal.class, (e, ctx) -> fail(ctx, e.httpStatus(), e.code(), e.getMessage()));
        routes.exception(
                HttpResponseException.class, (e, ctx) -> fail(ctx, e.getStatus(), e.getStatus(), e.getMessage()));
        routes.exception(Exception.class, (e, ctx) -> {
            log.error("A call to the registry failed: path={}", ctx.path(), e);
            fail(ctx, 500, 50001, "The registry could not store or read its schemas: reason=" + e.getMessage());
        });
    }

    private void versions(Context ctx) {
        String subject = ctx.pathParam("subject");
        answer(ctx, schemas.ask(s -> s.versions(subject).stream()
                .map(SchemaRegistered::version)
                .toList()));
    }

    private List<Integer> deleted(Context ctx, Optional<VersionNumber> version) {
        boolean permanent = Boolean.parseBoolean(ctx.queryParam("permanent"));
        return schemas.delete(ctx.pathParam("subject"), version, permanent);
    }

    private void deleteVersion(Context ctx) {
        VersionNumber version = VersionNumber.of(ctx.pathParam("version"));
        answer(ctx, deleted(ctx, Optional.of(version)).get(0));
    }

    private int idOfGuid(Context ctx) {
        UUID guid;
        try {
            guid = UUID.fromString(ctx.pathParam("guid"));
        } catch (IllegalArgumentException e) {
            throw RegistryRefusal.schemaUnknown("guid=" + ctx.pathParam("guid"));
        }
        return schemas.ask(s -> s.idOf(guid));
    }

    private String textOfGuid(Context ctx) {
        int id = idOfGuid(ctx);
        return schemas.ask(s -> s.text(id));
    }

    private static Map<String, Object> withGuid(String text) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("schema", text);
        answer.put("guid", RegisteredSchemas.guid(text).toString());
        return answer;
    }

    private void register(Context ctx) {
        String subject = newSubject(ctx);
        SchemaRequest request = SchemaRequest.of(body(ctx));
        answer(ctx, Map.of("id", schemas.register(subject, request.schema()).id()));
    }

    private SchemaRegistered lookedUp(Context ctx) {
        String subject = ctx.pathParam("subject");
        SchemaRequest request = SchemaRequest.of(body(ctx));
        return schemas.ask(s -> s.lookUp(subject, request.schema()));
    }

    private SchemaRegistered asked(Context ctx) {
        String subject = ctx.pathParam("subject");
        VersionNumber version = VersionNumber.of(ctx.pathParam("version"));
        return version.in(subject, schemas.ask(s -> s.versions(subject)));
    }

    private String text(Context ctx) {
        int id = id(ctx);
        return schemas.ask(s -> s.text(id));
    }

    private void answerVersions(Context ctx, Function<SchemaRegistered, Object> form) {
        int id = id(ctx);
        answer(
                ctx,
                schemas.ask(s -> s.versionsOf(id).stream().map(form).distinct().toList()));
    }

    private static int id(Context ctx) {
        String text = ctx.pathParam("id");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw RegistryRefusal.schemaUnknown("id=" + text);
        }
    }

    private static String newSubject(Context ctx) {
        String subject = ctx.pathParam("subject");
        if (subject.isBlank() || subject.chars().anyMatch(Character::isISOControl)) {
            throw new RegistryRefusal(
                    42208,
                    "A subject has a name without control characters: subject=" + subject + ". Choose another name.");
        }
        return subject;
    }

    private static Map<String, Object> described(SchemaRegistered version) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("subject", version.subject());
        described.put("version", version.version());
        described.put("id", version.id());
        described.put("guid", RegisteredSchemas.guid(version.schema()).toString());
        described.put("schema", version.schema());
        return described;
    }

    static JsonNode body(Context ctx) {
        try {
            JsonNode body = JSON.readTree(ctx.bodyAsBytes());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (IOException e) {
            throw new RegistryRefusal(
                    400, "A body must be JSON: reason=" + e.getMessage() + ". Correct it and send again.");
        }
        throw new RegistryRefusal(400, "A body must be a JSON object: path=" + ctx.path() + ". Send one.");
    }

    static void answer(Context ctx, Object value) {
        try {
            answerJson(ctx, JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answerJson(Context ctx, String json) {
        String accepted = ctx.header("Accept");
        boolean plain = accepted != null && accepted.contains(PLAIN_TYPE) && !accepted.contains("vnd.schemaregistry");
        ctx.contentType(plain ? PLAIN_TYPE : REGISTRY_TYPE).result(json);
    }

    private static void fail(Context ctx, int status, int code, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("error_code", code);
        error.put("message", message);
        ctx.status(status);
        answer(ctx, error);
    }
}
