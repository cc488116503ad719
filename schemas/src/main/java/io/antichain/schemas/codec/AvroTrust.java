package io.antichain.schemas.codec;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that our records may be instantiated. Since 1.12.2 it refuses classes that nobody has vouched for, so that a
 * schema from outside cannot name any class it likes.
 */
public final class AvroTrust {
    static {
        ClassSecurityValidator.ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                before, type -> type.getPackageName().equals("io.antichain.wire")));
    }

    private AvroTrust() {}

    /** Vouches for the records of {@code io.antichain.wire}, once in a JVM; what was trusted before stays so. */
    public static void grant() {}
}
