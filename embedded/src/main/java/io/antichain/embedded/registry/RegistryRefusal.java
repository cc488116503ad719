package io.antichain.embedded.registry;

/** A call that the registry answers with an error. The codes are those of Confluent's REST API. */
final class RegistryRefusal extends RuntimeException {

    private final int code;

    RegistryRefusal(int code, String message) {
        super(message);
        this.code = code;
    }

    /** The error code: an HTTP status (409), or a status with two more digits (40401). */
    int code() {
        return code;
    }

    /** The HTTP status that goes with the code. */
    int httpStatus() {
        return code < 1_000 ? code : code / 100;
    }

    static RegistryRefusal subjectUnknown(String subject) {
        return new RegistryRefusal(
                40401,
                "A subject exists once a schema is registered under it: subject=" + subject + ". Register one first.");
    }

    static RegistryRefusal versionUnknown(String subject, int version) {
        return new RegistryRefusal(
                40402,
                "Version not found: subject=" + subject + " version=" + version + ". GET /subjects/" + subject
                        + "/versions lists those that exist.");
    }

    static RegistryRefusal schemaUnknown(String what) {
        return new RegistryRefusal(40403, "Schema not found: " + what + ". Register it first.");
    }

    static RegistryRefusal deletedAlready(String subject, String version) {
        return new RegistryRefusal(
                version.isEmpty() ? 40404 : 40406,
                "It was deleted already: subject=" + subject + (version.isEmpty() ? "" : " version=" + version)
                        + ". Delete it with permanent=true to be rid of it.");
    }

    static RegistryRefusal notDeletedYet(String subject, String version) {
        return new RegistryRefusal(
                version.isEmpty() ? 40405 : 40407,
                "It was not deleted before it is to be deleted for good: subject=" + subject
                        + (version.isEmpty() ? "" : " version=" + version)
                        + ". Delete it without permanent=true first.");
    }
}
