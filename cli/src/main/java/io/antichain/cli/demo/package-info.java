/** The whole system in one JVM. */
package io.antichain.cli.demo;
