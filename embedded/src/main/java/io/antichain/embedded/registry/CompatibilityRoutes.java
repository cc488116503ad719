package io.antichain.embedded.registry;

import io.antichain.embedded.registry.RegistryChange.SchemaRegistered;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls about compatibility: reading and setting levels, and testing a schema before it is registered. */
final class CompatibilityRoutes {

    private final DurableSchemas schemas;

    CompatibilityRoutes(DurableSchemas schemas) {
        this.schemas = schemas;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/config", ctx -> answerLevel(ctx, schemas.ask(RegisteredSchemas::defaultLevel)));
        routes.put("/config", ctx -> setLevel(ctx, null));
        routes.get("/config/{subject}", this::levelOfSubject);
        routes.put("/config/{subject}", ctx -> setLevel(ctx, ctx.pathParam("subject")));
        routes.post("/compatibility/subjects/{subject}/versions", this::testAgainstAll);
        routes.post("/compatibility/subjects/{subject}/versions/{version}", this::testAgainstOne);
    }

    private void levelOfSubject(Context ctx) {
        String subject = ctx.pathParam("subject");
        if (isTrue(ctx, "defaultToGlobal")) {
            answerLevel(ctx, schemas.ask(s -> s.level(subject)));
            return;
        }
        CompatibilityLevel level = schemas.ask(s -> s.ownLevel(subject))
                .orElseThrow(() -> new RegistryRefusal(
                        40408,
                        "The subject has no compatibility level of its own: subject=" + subject
                                + ". Ask with defaultToGlobal=true for the level that holds, or set one."));
        answerLevel(ctx, level);
    }

    private void setLevel(Context ctx, String subject) {
        String name = RegistryRoutes.body(ctx).path("compatibility").asText();
        CompatibilityLevel level = CompatibilityLevel.named(name)
                .orElseThrow(() -> new RegistryRefusal(
                        42203,
                        "A compatibility level is one of " + List.of(CompatibilityLevel.values()) + ": compatibility="
                                + name + ". Give one of these."));
        schemas.setLevel(subject, level);
        RegistryRoutes.answer(ctx, Map.of("compatibility", level));
    }

    private void testAgainstAll(Context ctx) {
        String subject = ctx.pathParam("subject");
        SchemaRequest request = SchemaRequest.of(RegistryRoutes.body(ctx));
        answerObjections(ctx, schemas.ask(s -> s.objections(subject, request.schema())));
    }

    private void testAgainstOne(Context ctx) {
        String subject = ctx.pathParam("subject");
        VersionNumber version = VersionNumber.of(ctx.pathParam("version"));
        SchemaRequest request = SchemaRequest.of(RegistryRoutes.body(ctx));
        answerObjections(ctx, schemas.ask(s -> {
            if (version.isLatest() && !s.subjects().contains(subject)) {
                // Whatever comes first follows nothing: build tools ask before the first registration.
                return List.of();
            }
            SchemaRegistered earlier = version.in(subject, s.versions(subject));
            return s.objections(subject, request.schema(), List.of(earlier));
        }));
    }

    private static void answerObjections(Context ctx, List<String> objections) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("is_compatible", objections.isEmpty());
        if (isTrue(ctx, "verbose")) {
            verdict.put("messages", objections);
        }
        RegistryRoutes.answer(ctx, verdict);
    }

    private static void answerLevel(Context ctx, CompatibilityLevel level) {
        RegistryRoutes.answer(ctx, Map.of("compatibilityLevel", level));
    }

    private static boolean isTrue(Context ctx, String parameter) {
        return Boolean.parseBoolean(ctx.queryParam(parameter));
    }
}
