package io.antichain.schemas.registry;

/**
 * How a subject stands, seen from the version of Antichain that asks.
 *
 * @param detail why it is incompatible; else empty
 * @param compatibility the name of the level that holds for it, such as BACKWARD; empty if the registry does not tell
 */
public record SubjectState(String subject, Standing standing, String detail, String compatibility) {
    /** What the registry has under the subject. */
    public enum Standing {
        /** The schema that this version writes. */
        REGISTERED,
        /** Others, beside which this version's can stand. */
        OTHERS,
        /** Another, which this version cannot read, or beside which the registry refuses what it writes. */
        INCOMPATIBLE,
        /** None. */
        NONE
    }
}
