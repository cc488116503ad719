/**
 * The translation between the generated Avro records and the values of {@code io.antichain.schemas}, in both directions.
 */
package io.antichain.schemas.codec;
