/** A running analyzer, asked over HTTP. */
package io.antichain.cli.analyzer;
