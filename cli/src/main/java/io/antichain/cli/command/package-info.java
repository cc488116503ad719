/**
 * The commands, one class each, with their groups of flags and what they print.
 * Start at {@link io.antichain.cli.command.AntichainCommand}; how a failure is told is in {@code KnownFailures} alone.
 */
package io.antichain.cli.command;
