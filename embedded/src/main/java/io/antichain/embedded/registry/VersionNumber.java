package io.antichain.embedded.registry;

import io.antichain.embedded.registry.RegistryChange.SchemaRegistered;
import java.util.List;

/** A version as a path names it: a number from 1, or the latest ({@code latest}, and {@code -1} as older clients say). */
record VersionNumber(int number) {

    private static final int LATEST = -1;

    /**
     * Reads a version.
     *
     * @throws RegistryRefusal 42202 if it is neither a number from 1 nor the latest
     */
    static VersionNumber of(String text) {
        if (text.equals("latest")) {
            return new VersionNumber(LATEST);
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 || number == LATEST) {
                return new VersionNumber(number);
            }
        } catch (NumberFormatException e) {
            throw invalid(text);
        }
        throw invalid(text);
    }

    private static RegistryRefusal invalid(String text) {
        return new RegistryRefusal(
                42202,
                "A version is a number from 1 to 2147483647, or latest: version=" + text + ". Give one of these.");
    }

    boolean isLatest() {
        return number == LATEST;
    }

    /**
     * The version meant, among a subject's versions, which are oldest first.
     *
     * @throws RegistryRefusal 40402 if the subject has no such version
     */
    SchemaRegistered in(String subject, List<SchemaRegistered> versions) {
        int latest = versions.isEmpty() ? 0 : versions.get(versions.size() - 1).version();
        int wanted = isLatest() ? latest : number;
        return versions.stream()
                .filter(version -> version.version() == wanted)
                .findFirst()
                .orElseThrow(() -> RegistryRefusal.versionUnknown(subject, wanted));
    }
}
