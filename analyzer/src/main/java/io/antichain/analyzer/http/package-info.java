/** The analyzer over HTTP: questions about history, health, metrics, and their description. */
package io.antichain.analyzer.http;
