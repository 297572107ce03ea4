package web

import (
	"net/http"

	"github.com/gorilla/mux"
)

// routes is the one place where URLs meet handlers.
func (s *server) routes() http.Handler {
	r := mux.NewRouter().StrictSlash(true)
	r.Use(nameRoute)

	// Routes are tried one after the other: programs ask most.
	api := func(path string, h handlerFunc) {
		r.Handle("/api/v1"+path, s.handle(h, s.apiError)).Methods("GET", "HEAD")
	}
	api("/search", s.apiSearch)
	api("/suggest", s.apiSuggest)
	api("/track", s.apiTrack)
	api("/lists", s.apiLists)
	api("/trend", s.apiTrend)
	api("/items/{id:.+}", s.apiItem)
	api("/units", s.apiUnits)
	api("/units/{name:.+}", s.apiUnit)
	api("/projects", s.apiProjects)
	api("/projects/{name:.+}", s.apiProject)
	api("/glossary", s.apiGlossary)
	api("/documents", s.apiDocuments)
	api("/documents/{id}", s.apiDocument)

	page := func(path string, h handlerFunc) { r.Handle(path, s.handle(h, s.pageError)).Methods("GET", "HEAD") }
	page("/", s.showHome)
	page("/search", s.showSearch)
	page("/reports", s.showReports)
	page("/report/{id}", s.showReport)
	page("/report/{id}/source", s.showSource)
	page("/report/{id}/original", s.serveOriginal)
	page("/report/{id}/{item:.+}", s.showItem)
	page("/track", s.showTrack)
	page("/track.{ext:csv|xlsx}", s.serveTrackFile)
	page("/trend", s.showTrend)
	page("/trend.{ext:csv|xlsx}", s.serveTrendFile)
	page("/lists", s.showLists)
	page("/lists.{ext:csv|xlsx}", s.serveListsFile)
	page("/units", s.showUnits)
	page("/units.{ext:csv|xlsx}", s.serveUnits)
	page("/unit/{name:.+}.{ext:csv|xlsx}", s.serveUnit)
	page("/unit/{name:.+}", s.showUnit)
	page("/projects", s.showProjects)
	page("/projects.{ext:csv|xlsx}", s.serveProjects)
	page("/project/{name:.+}.{ext:csv|xlsx}", s.serveProject)
	page("/project/{name:.+}", s.showProject)
	page("/glossary", s.showGlossary)
	page("/glossary.{ext:csv|xlsx}", s.serveGlossary)
	page("/help", s.showHelp)
	page("/styleguide", s.showStyleguide)
	page("/basket", s.showBasket)
	page("/basket.{ext:csv|xlsx|docx}", s.serveBasket)
	page("/export.{ext:csv|xlsx|jsonl}", s.serveExport)
	page("/feed.atom", s.serveFeed)

	r.Handle("/api/openapi.yaml", s.handle(s.serveOpenAPI, s.apiError)).Methods("GET", "HEAD")

	page("/healthz", s.serveHealth)
	page("/readyz", s.serveReady)
	page("/metrics", s.serveMetrics)
	page("/robots.txt", s.serveRobots)
	page("/sitemap.xml", s.serveSitemap)
	page("/opensearch.xml", s.serveOpenSearch)
	page("/static/{file}", s.serveAsset)

	r.PathPrefix("/api/").Handler(s.handle(unknownPath, s.apiError))
	r.NotFoundHandler = s.handle(unknownPath, s.pageError)
	r.MethodNotAllowedHandler = s.handle(wrongMethod, s.pageError)
	return r
}
