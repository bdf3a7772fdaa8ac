"""The words teams use for statuses and for sorts of work, in eight languages.

They only feed the mapping that is proposed to a consultant; nothing is computed from them. Per sense one line of words for
each of English, German, French, Spanish, Portuguese, Italian, Dutch and Polish, words that are alike standing once.
Accents, upper and lower case, hyphens and a plural s do not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Sense(NamedTuple):
    """What a status word can mean.

    Attributes
    ----------
    name : str
        Plain name of the sense.
    status, kind : str
        Word of the vocabulary; `kind` is empty before work begins and after it ends.
    doubt : str
        What must be asked before it is used; empty when it leaves no doubt.
    words : str
        Separated by commas and new lines.
    """

    name: str
    status: str
    kind: str
    doubt: str
    words: str


# In order of precedence: of several senses in one status the first is meant ("blocked by legal" is blocked).
SENSES: Final = (
    Sense("cancelled", "cancelled", "", "", """
        cancelled, canceled, won't do, wont fix, will not do, obsolete, duplicate, abandoned, dropped, killed, dead,
        discarded, withdrawn, not doing, invalid, cannot reproduce
        abgebrochen, storniert, verworfen, eingestellt, entfällt, hinfällig, Dublette, Duplikat, gestrichen
        annulé, annulée, abandonné, abandonnée, doublon, sans suite
        cancelado, cancelada, descartado, descartada, obsoleto, duplicado, anulado
        abandonado, não será feito, duplicada
        annullato, annullata, cancellato, abbandonato, scartato, duplicato
        geannuleerd, vervallen, afgeblazen, niet uitvoeren, duplicaat
        anulowane, anulowany, anulowano, porzucone, nieaktualne, zaniechane"""),
    Sense("rejected", "cancelled", "", "given up, or sent back for changes?", """
        rejected, declined, refused, not approved
        abgelehnt, zurückgewiesen
        refusé, refusée, rejeté, rejetée
        rechazado, rechazada
        rejeitado, rejeitada, recusado, reprovado
        rifiutato, respinto
        afgewezen, afgekeurd
        odrzucone, odrzucony"""),
    Sense("archived", "cancelled", "", "finished, given up, or only tidied away?", """
        archived, archive, old
        archiviert, Archiv
        archivée
        archivado, archivada, archivo
        arquivado, arquivada, arquivo
        archiviato, archivio
        gearchiveerd, archief
        zarchiwizowane, archiwum"""),
    Sense("blocked", "blocked", "blocked", "", """
        blocked, stuck, impediment, impeded
        blockiert, gesperrt, steckt fest
        bloqué, bloquée
        bloqueado, bloqueada, atascado
        travado, impedido
        bloccato, bloccata
        geblokkeerd, vast
        zablokowane, zablokowany, zablokowana"""),
    Sense("on hold", "paused", "wait", "", """
        on hold, hold, paused, parked, parking lot, deferred, postponed, suspended, frozen, snoozed, on ice
        pausiert, zurückgestellt, ruht, ruhend, angehalten, geparkt, verschoben, ausgesetzt
        en pause, suspendu, suspendue, reporté, reportée, mis en attente, gelé
        en pausa, pausado, pausada, aplazado, pospuesto, suspendido
        em pausa, suspenso, adiado, adiada, parado, congelado
        in pausa, sospeso, sospesa, rimandato, rinviato
        gepauzeerd, uitgesteld, in de wacht, opgeschort
        wstrzymane, wstrzymany, zawieszone, odłożone, przełożone"""),
    Sense("rework", "in_progress", "rework", "", """
        rework, changes requested, change requested, needs changes, requested changes, correction, corrections,
        needs revision, revise, amends, amendments, fixing, feedback implementation, reopened
        Überarbeitung, in Überarbeitung, Korrektur, Korrekturen, Nacharbeit, Nachbesserung, Anpassung,
        Änderungen gewünscht, Korrekturschleife, wieder geöffnet, wiedereröffnet
        à corriger, corrections demandées, en correction, retouche, retouches, modifications demandées, à reprendre,
        rouvert
        corrección, correcciones, cambios solicitados, cambios, con cambios, retrabajo, por corregir, reabierto
        correção, correções, retrabalho, ajuste, ajustes, em ajuste, alterações, alterações solicitadas, reaberto
        correzione, correzioni, modifiche richieste, modifiche, rilavorazione, da correggere, riaperto
        correctie, correcties, wijzigingen gevraagd, aanpassen, aanpassing, aanpassingen, herwerken, heropend
        poprawki, do poprawy, poprawa, w poprawie, korekta, korekty, ponownie otwarte"""),
    Sense("revision", "in_progress", "rework", "work on it again, or somebody's review?", """
        revision, revisions, in revision"""),
    Sense("approval", "in_progress", "approval", "", """
        review, in review, reviewing, approval, approve, to approve, approver, awaiting approval, sign off, signoff,
        legal, compliance, to be reviewed, to review, peer review, pending approval, proofing, proofreading, mlr,
        decision, decide
        Freigabe, in Freigabe, zur Freigabe, Abnahme, Prüfung, in Prüfung, prüfen, Genehmigung, Recht,
        Rechtsabteilung, juristisch, Begutachtung, Lektorat, Abstimmung, in Abstimmung, zu prüfen
        validation, à valider, en validation, approbation, à approuver, relecture, en relecture, juridique
        aprobación, en aprobación, por aprobar, en revisión, por revisar, validación, jurídico, visto bueno
        aprovação, em aprovação, para aprovar, revisão, em revisão, validação, em validação, para revisar
        approvazione, in approvazione, da approvare, revisione, in revisione, da revisionare, verifica, legale,
        ufficio legale, in validazione
        goedkeuring, ter goedkeuring, beoordeling, ter beoordeling, nakijken, juridisch, akkoord vragen, controle
        akceptacja, do akceptacji, w akceptacji, zatwierdzenie, do zatwierdzenia, weryfikacja, w weryfikacji,
        recenzja, dział prawny, do sprawdzenia"""),
    Sense("outside", "in_progress", "external", "", """
        external, externally, agency, vendor, client, customer, supplier, contractor, freelancer, partner,
        third party, printer, publisher
        extern, Agentur, Kunde, Kunden, beim Kunden, Lieferant, Dienstleister, Druckerei
        externe, agence, chez le client, fournisseur, prestataire, partenaire, imprimeur
        externo, externa, agencia, cliente, proveedor, socio, imprenta
        fornecedor, parceiro, gráfica
        esterno, esterna, agenzia, fornitore, tipografia
        bureau, klant, bij klant, leverancier, drukker
        zewnętrzne, zewnętrzny, agencja, klient, dostawca, u klienta, drukarnia"""),
    Sense("waiting", "paused", "wait", "", """
        waiting, waiting for, waiting on, wait, awaiting, pending, queue, queued
        wartet, warten, wartend, wartet auf, warten auf, Warteschlange, Rückfrage
        en attente, en attente de, attente
        en espera, esperando, a la espera, a la espera de
        em espera, aguardando, à espera
        in attesa, in attesa di, attesa
        wacht, wachten, wacht op, wachten op, in afwachting
        oczekuje, oczekujące, oczekuje na, oczekiwanie, czeka, czeka na"""),
    Sense("approved", "in_progress", "work", "is anything left to do after it?", """
        approved, signed off, accepted, reviewed, validated
        freigegeben, genehmigt, abgenommen, geprüft
        approuvé, approuvée, validé, validée
        aprobado, aprobada, validado
        aprovado, aprovada
        approvato, approvata, validato
        goedgekeurd, akkoord
        zatwierdzone, zatwierdzony, zaakceptowane"""),
    Sense("closed", "delivered", "", "does it also hold work that was given up?", """
        closed, resolved, inactive
        geschlossen, gelöst
        fermé, fermée, clos, close, clôturé, clôturée, résolu
        cerrado, cerrada, resuelto, resuelta
        fechado, fechada, encerrado, encerrada, resolvido, resolvida
        chiuso, chiusa, risolto, risolta
        gesloten, opgelost
        zamknięte, zamknięty, rozwiązane"""),
    Sense("done", "delivered", "", "", """
        done, complete, completed, finished, live, published, launched, released, shipped, delivered, sent,
        went live, deployed, is live, gone live, closed won, in market, posted
        erledigt, fertig, fertiggestellt, abgeschlossen, beendet, veröffentlicht, umgesetzt, ausgeliefert, geliefert,
        gesendet, versendet, versandt, online
        terminé, terminée, fini, finie, fait, faite, achevé, publié, publiée, livré, livrée, diffusé, envoyé,
        en ligne, lancé, réalisé
        hecho, hecha, terminado, terminada, completado, completada, completo, finalizado, finalizada, publicado,
        publicada, entregado, entregada, enviado, lanzado, lanzada, en vivo
        feito, feita, concluído, concluída, entregue, lançado, lançada, no ar, pronto e publicado
        fatto, fatta, completato, completata, terminato, finito, concluso, pubblicato, pubblicata, consegnato,
        lanciato, inviato
        klaar, gereed, afgerond, voltooid, gepubliceerd, opgeleverd, gelanceerd, verzonden, geleverd, afgesloten
        gotowe, zrobione, zakończone, zakończony, ukończone, ukończony, opublikowane, dostarczone, wdrożone,
        wykonane, wysłane"""),
    Sense("merged", "merged", "", "taken over by another program, or finished?", """
        merged, zusammengeführt, fusionné, fusionado, unificado, samengevoegd, scalone"""),
    Sense("testing", "in_progress", "work", "tested by the team itself, or does somebody sign it off?", """
        test, testing, in test, qa, uat, check, checking, quality check, quality assurance
        testen, in Testphase, Qualitätssicherung
        en test, recette
        pruebas, en pruebas
        testes, em teste
        in prova
        in testfase
        testy, testowanie, w testach"""),
    Sense("scheduled", "in_progress", "wait", "waiting to begin, or finished and waiting to go live?", """
        scheduled, ready, ready to go, ready to launch, ready to publish, ready for launch, ready for, prepared
        terminiert, eingeplant, bereit, startklar
        programmé, programmée, prêt, prête
        programado, programada, agendado, agendada, listo, lista
        pronto, pronta
        programmato, programmata
        ingepland, klaargezet
        gotowe do publikacji, zaplanowane do publikacji"""),
    Sense("planning", "in_progress", "work", "has work begun, or is it only planned?", """
        planning, in planning, brief, briefing, concept, conception
        in Planung, Planung, Konzept, Konzeption
        planification
        planificación, en planificación
        planejamento, planeamento
        pianificazione, ideazione
        planowanie, koncepcja"""),
    Sense("to do", "not_started", "", "", """
        to do, todo, backlog, product backlog, not started, not begun, unstarted, open, opened, new, planned, next,
        up next, next up, next week, idea, ideas, inbox, triage, intake, incoming, request, requested, requests,
        later, someday, selected for development, selected, to start, ready to start, ready for development,
        unassigned, future, upcoming, icebox, proposed, proposal, pipeline, assigned
        zu erledigen, offen, neu, geplant, nicht begonnen, nicht gestartet, noch nicht begonnen, Ideen, Eingang,
        Aufgaben, anstehend, Themenspeicher, Anfragen, angefragt
        à faire, à démarrer, non commencé, non démarré, pas commencé, nouveau, nouvelle, planifié, prévu, ouvert,
        idée, demande, demandes
        por hacer, pendiente, pendientes, sin empezar, sin iniciar, no iniciado, no iniciada, nuevo, nueva,
        planificado, abierto, abierta, tareas pendientes, solicitado, por iniciar
        a fazer, para fazer, pendente, pendentes, não iniciado, não iniciada, novo, nova, planejado, planeado,
        aberto, aberta, por fazer, ideias, solicitação
        da fare, da iniziare, non iniziato, non iniziata, nuovo, nuova, pianificato, aperto, richiesta
        te doen, nog te doen, niet gestart, niet begonnen, nieuw, gepland, ideeën, aanvraag, nog niet gestart
        do zrobienia, nie rozpoczęte, nierozpoczęte, nie rozpoczęto, nowe, nowy, nowa, zaplanowane, otwarte, pomysły,
        do rozpoczęcia"""),
    Sense("in progress", "in_progress", "work", "", """
        in progress, progress, doing, wip, work in progress, started, active, ongoing, working, working on it,
        working on, in development, development, dev, design, in design, production, in production, execution, draft,
        drafting, in draft, writing, copywriting, editing, underway, in work, creation, creative, build, building,
        implementation, on track, at risk, off track, current
        in Bearbeitung, Bearbeitung, in Arbeit, läuft, laufend, begonnen, angefangen, gestartet, in Umsetzung,
        Umsetzung, Produktion, in Produktion, Erstellung, Entwurf, in Entwicklung, Entwicklung, aktiv, Gestaltung
        en cours, en production, en développement, en rédaction, rédaction, commencé, démarré, brouillon
        en curso, en progreso, en proceso, en marcha, haciendo, en desarrollo, desarrollo, diseño, redacción,
        borrador, iniciado, en producción, producción
        em andamento, em progresso, em curso, em execução, em produção, fazendo, em desenvolvimento, desenvolvimento,
        produção, rascunho
        in corso, in lavorazione, lavorazione, in esecuzione, in produzione, produzione, in sviluppo, sviluppo,
        bozza, progettazione
        bezig, mee bezig, in uitvoering, uitvoering, in behandeling, gestart, lopend, in ontwikkeling, ontwerp,
        in productie
        w toku, w trakcie, w trakcie realizacji, w realizacji, realizacja, rozpoczęte, rozpoczęty, w produkcji,
        projektowanie"""),
)  # fmt: skip

# Beside a kind of waiting or of rework they only say how far it has come: "waiting for approval" is approval.
MILD: Final = frozenset({"waiting", "scheduled", "in progress", "to do"})

# Left over beside a word they turn it round: nothing is proposed then.
NEGATIONS: Final = frozenset({
    "not", "no", "non", "never", "before", "almost", "nearly", "nicht", "kein", "keine", "noch", "pas", "sans", "sin",
        "nao",
    "sem", "senza", "niet", "geen", "nie", "bez",
})  # fmt: skip

# Left over beside a word for done, they leave it done: lists are named by week, month or quarter.
PERIODS: Final = frozenset({
    "week", "weeks", "wk", "kw", "cw", "woche", "semaine", "semana", "settimana", "tydzien", "month", "monat", "mois",
        "mes",
    "mese", "maand", "miesiac", "quarter", "quartal", "trimestre", "kwartaal", "kwartal", "sprint", "year", "jahr", "annee",
    "ano", "anno", "jaar", "rok", "h1", "h2", "in", "im", "of", "the", "this", "last", "all", "item", "items", "task",
        "tasks",
    "card", "cards", "list", "en", "de", "du", "la", "le", "les", "el", "los", "do", "da", "di", "del", "van",
})  # fmt: skip

# Type to the words for it; where several fit, the first.
TYPES: Final[Mapping[str, str]] = {
    "email": """email, e-mail, mail, newsletter, mailing, mailshot, edm, drip, nurture, nurturing, Rundbrief, emailing,
        courriel, infolettre, lettre d'information, correo, boletín, boletim, nieuwsbrief, biuletyn""",
    "paid_media": """ad, ads, advert, advertising, advertisement, sem, sea, ppc, google ads, paid social, paid search,
        paid media, social ads, display, display ads, media buy, media buying, retargeting, remarketing, programmatic,
        sponsorship, Anzeige, Anzeigen, Werbung, Werbeanzeige, publicité, annonce, publicidad, anuncio, publicidade,
        pubblicità, annuncio, advertentie, reklama, reklamy, out of home, ooh, tv spot, radio spot, print ad""",
    "event": """event, webinar, fair, trade fair, trade show, tradeshow, conference, congress, convention, exhibition,
        expo, roadshow, workshop, meetup, summit, seminar, field event, Messe, Veranstaltung, Konferenz, Kongress,
        Tagung, salon, séminaire, evento, feria, congreso, feira, conferencia, fiera, convegno, evenement, beurs,
        conferentie, wydarzenie, targi, konferencja""",
    "web": """web, website, web site, webpage, web page, site, microsite, landing page, landingpage, landing, homepage,
        page, seo, Webseite, Startseite, site web, page web, sitio web, página web, site internet, sito, sito web,
        pagina, webpagina, strona, strona internetowa, witryna""",
    "research": """research, market research, survey, study, insight, insights, analysis, interview, user research,
        focus group, Marktforschung, Umfrage, Studie, Befragung, Analyse, étude, sondage, estudio, encuesta,
        investigación, estudo, pesquisa, studio, ricerca, sondaggio, onderzoek, enquete, badanie, ankieta""",
    "brand": """brand, branding, rebrand, rebranding, logo, identity, brand identity, corporate design, pr,
        public relations, Marke, Markenauftritt, Öffentlichkeitsarbeit, marque, relations presse, marca, identidad,
        identidade, marchio, merk, huisstijl, marka""",
    "launch": """launch, product launch, go live, go to market, gtm, rollout, roll out, release, Markteinführung,
        Einführung, lancement, lanzamiento, lançamento, lancio, lancering, wprowadzenie, premiera""",
    "content": """content, blog, blog post, blogpost, post, article, video, white paper, whitepaper, ebook, e-book,
        case study, podcast, social, social media, social post, organic social, infographic, brochure, flyer, guide,
        copy, copywriting, asset, creative, collateral, press release, design, photo, animation, presentation,
        sales deck, Inhalt, Inhalte, Beitrag, Artikel, Fallstudie, Broschüre, Pressemitteilung, Film, contenu,
        article de blog, livre blanc, communiqué de presse, contenido, artículo, caso de éxito, folleto, conteúdo,
        artigo, contenuto, articolo, inhoud, treść, artykuł, wideo, materiał""",
    "ops": """ops, operations, marketing operations, process, tooling, tool, crm, automation, marketing automation, data,
        reporting, report, dashboard, admin, administration, maintenance, budget, training, enablement, legal,
        compliance, Prozess, Betrieb, Bericht, Schulung, processus, rapport, formation, operaciones, proceso, informe,
        operações, processo, relatório, operazioni, proces, rapportage, raport, szkolenie""",
    "campaign": """campaign, marketing campaign, integrated campaign, promotion, promo, contest, Kampagne, Aktion,
        Gewinnspiel, campagne, opération commerciale, campaña, promoción, campanha, promoção, campagna, promozione,
        actie, kampania, promocja""",
}
