package io.antichain.schemas.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** The written form of a record's key: two keys have one text only if they are equal. */
public final class KeyText {
    private static final String HEX = "hex:";

    private KeyText() {}

    /** The key's text where it is UTF-8, else {@code hex:} and its bytes; empty if the record has none. */
    public static Optional<String> of(byte[] key) {
        if (key == null) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
            return Optional.of(text.startsWith(HEX) ? hex(key) : text);
        } catch (CharacterCodingException e) {
            return Optional.of(hex(key));
        }
    }

    private static String hex(byte[] key) {
        return HEX + HexFormat.of().formatHex(key);
    }
}
